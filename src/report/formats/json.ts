import type { Capture } from '../../model/capture.ts';
import type { Line } from '../../model/line.ts';
import type { Ask, Evidence, Finding, Report } from '../../model/report.ts';
import type { Format } from '../format.ts';

/** For programs; `version` is that of this shape. */
export const json: Format = {
  name: 'json',
  title: 'JSON',
  describes: 'for programs',
  fileName: 'vio-doctor.json',
  render: (report) => `${JSON.stringify(toJson(report), null, 2)}\n`,
};

function toJson(report: Report) {
  return {
    version: report.version,
    program: report.program,
    verdict: report.verdict,
    complaint: report.complaint,
    redacted: report.redacted,
    guest: report.guest,
    host: report.host,
    captures: report.captures.map(captureToJson),
    samples: report.samples,
    nics: report.nics.map((nic) => ({
      ...nic,
      joined: nic.joined.map(({ by, at }) => ({ by, at: at.map(placeOf) })),
      path: nic.path.map((hop) => ({
        ...hop,
        counts: hop.counts.map((count) => ({ ...count, at: count.at.map(placeOf) })),
        at: hop.at.map(placeOf),
      })),
      vanish: nic.vanish.map((one) => ({ ...one, at: one.at.map(placeOf) })),
    })),
    findings: report.findings.map(findingToJson),
    ruledOut: report.ruledOut.map(({ fault, nic, title, because }) => ({
      fault,
      nic,
      title,
      because: because.map(evidenceToJson),
    })),
    ask: report.ask.map(askToJson),
    problems: report.problems.map(({ code, says, at }) => ({ code, says, at: at.map(placeOf) })),
    loose: looseBySample(report.loose),
  };
}

/** Where it is from; its text is the caller's own. */
function captureToJson({ name, side, origin, taken, failure, passedOver }: Capture) {
  return {
    name,
    machine: side,
    origin,
    taken: taken ?? null,
    failure: failure ?? null,
    passedOver: passedOver ?? 0,
  };
}

function findingToJson(finding: Finding) {
  return {
    fault: finding.fault,
    nic: finding.nic,
    standing: finding.standing,
    severity: finding.severity,
    title: finding.title,
    explain: finding.explain,
    because: finding.because.map(evidenceToJson),
    open: finding.open,
    ask: finding.ask.map(askToJson),
    plans: finding.plans,
  };
}

function askToJson({ on, ...ask }: Ask) {
  return { ...ask, machine: on };
}

function evidenceToJson({ line, fact, word, means }: Evidence) {
  return { sample: line.sample, line: line.number, text: line.text, fact, word, means };
}

const MOST_NUMBERS = 100;

/** Lines of no known output: how many in each capture, and where the first ones stand. */
function looseBySample(lines: readonly Line[]) {
  const by = new Map<string, { sample: string; count: number; lines: number[] }>();
  for (const { sample, number } of lines) {
    const entry = by.get(sample) ?? { sample, count: 0, lines: [] };
    by.set(sample, entry);
    entry.count += 1;
    if (entry.lines.length < MOST_NUMBERS) entry.lines.push(number);
  }
  return [...by.values()];
}

function placeOf({ sample, number }: Line) {
  return { sample, line: number };
}
