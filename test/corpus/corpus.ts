// `npm run corpus -- DIR...`: runs the program over folders of cases (case.yaml with samples and their confirmed causes) and
// prints a table of what was expected and found, with totals. --paste gives all outputs of a case as one text; --only TEXT filters.
// A case with a sample of the guest is a guest case, any other a host case.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { loadKnowledge } from '../../src/commands/knowledge.ts';
import { doctor } from '../../src/doctor.ts';
import type { Capture, Side } from '../../src/model/capture.ts';
import type { Finding, Report } from '../../src/model/report.ts';
import { type Complaint, complaints } from '../../src/model/words.ts';

type CaseFile = {
  id: string;
  samples?: { file: string; side: Side }[];
  diagnosis?: string[];
  accept?: string[];
  forbid?: string[];
  healthy?: boolean;
  verdict?: string;
  'complaint-kind'?: string;
};

type Row = {
  id: string;
  end: 'guest' | 'host';
  verdict: string;
  expected: string;
  found: string;
  exit: string;
  judged: string;
};

const { values: options, positionals: folders } = parseArgs({
  options: { paste: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
  allowPositionals: true,
});
const knowledge = await loadKnowledge();
const rows: Row[] = [];

for (const path of folders.flatMap(caseFiles).sort()) {
  const about = parse(readFileSync(path, 'utf8')) as CaseFile;
  if (!about.id.includes(options.only)) continue;
  rows.push(judge(about, examine(about, dirname(path))));
}
print(rows);

function caseFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => basename(file) === 'case.yaml')
    .map((file) => join(folder, file));
}

function examine(about: CaseFile, folder: string): Report {
  const captures = (about.samples ?? []).map(({ file, side }): Capture => {
    return {
      name: file,
      side: options.paste ? 'unknown' : side,
      origin: 'file',
      text: readFileSync(join(folder, file), 'utf8'),
    };
  });
  const complaint = complaints.find((word) => about['complaint-kind']?.startsWith(word)) ?? null;
  return doctor(options.paste ? [glued(captures)] : captures, complaint as Complaint | null, knowledge);
}

function glued(captures: readonly Capture[]): Capture {
  return {
    name: 'paste',
    side: 'unknown',
    origin: 'pasted',
    text: captures.map(({ text }) => text).join('\n\n'),
  };
}

function judge(about: CaseFile, report: Report): Row {
  const accepted = (about.accept ?? about.diagnosis ?? []).map(bare);
  const verdict = about.verdict ?? (about.healthy ? 'healthy' : 'unscored');
  const found = report.findings.slice(0, 3).map(({ fault, standing, nic }) => `${fault}/${standing}/${nic}`);
  return {
    id: about.id,
    end: about.samples?.some(({ side }) => side === 'guest') ? 'guest' : 'host',
    verdict,
    expected: accepted.join(' '),
    found: found.join(' ') || `(nothing; asks ${report.ask[0]?.command ?? 'nothing'})`,
    exit: { healthy: '0', fault: '1', unclear: '2' }[report.verdict],
    judged: judgement(about, verdict, accepted, report),
  };
}

function judgement(about: CaseFile, verdict: string, accepted: readonly string[], report: Report): string {
  const faults = [...new Set(report.findings.map(({ fault }) => bare(fault)))];
  const sure = report.findings.filter(
    ({ standing, severity }) => standing !== 'possible' && severity === 'fault',
  );
  const allowed = [...accepted, ...(about.diagnosis ?? []).map(bare)];
  const isAlarm = ({ fault }: Finding) =>
    !allowed.includes(bare(fault)) &&
    (about.forbid?.includes('all') || about.forbid?.includes(bare(fault)) || about.healthy);
  if (sure.some(isAlarm)) return 'FALSE ALARM';
  if (verdict === 'suggestive' && sure.some(({ standing }) => standing === 'certain')) return 'TOO SURE';
  if (verdict === 'none' && (sure.length > 0 || report.ask.length === 0)) return 'TOO SURE';
  if (verdict === 'healthy') return 'quiet';
  const rank = faults.findIndex((fault) => accepted.includes(fault)) + 1;
  return rank === 0 ? '-' : `top${rank}`;
}

function bare(fault: string): string {
  return fault.replace(/^other:/, '').replace(/\..*$/, '');
}

function print(all: readonly Row[]): void {
  for (const row of all) {
    console.log(
      `${row.judged.padEnd(11)} ${row.end.padEnd(5)} ${row.verdict.padEnd(10)} exit ${row.exit} ${row.id.padEnd(40)} want: ${row.expected}  got: ${row.found}`,
    );
  }
  for (const end of ['guest', 'host'] as const) {
    console.log('');
    const ofEnd = all.filter((row) => row.end === end);
    for (const verdict of [...new Set(ofEnd.map((row) => row.verdict))].sort())
      console.log(
        `${end} ${totals(
          verdict,
          ofEnd.filter((row) => row.verdict === verdict),
        )}`,
      );
  }
}

function totals(verdict: string, rows: readonly Row[]): string {
  const count = (judged: RegExp) => rows.filter((row) => judged.test(row.judged)).length;
  const share = (judged: RegExp) => `${count(judged)} (${Math.round((100 * count(judged)) / rows.length)} %)`;
  const exits = `exit 2: ${rows.filter(({ exit }) => exit === '2').length}`;
  return `${verdict}: ${rows.length} cases, top1 ${share(/^top1$/)}, top3 ${share(/^top[123]$/)}, false alarms ${count(/FALSE/)}, too sure ${count(/TOO/)}, ${exits}`;
}
