import type { Ask, Evidence, Finding, Hop, Report } from '../model/report.ts';
import type { Purpose } from '../model/rule.ts';

/** The answer in one line. */
export function verdictLine(report: Report): string {
  const first = report.verdict === 'fault' ? mainFinding(report) : report.findings[0];
  if (report.verdict === 'healthy') return 'Healthy: enough was seen, and nothing is wrong.';
  if (report.verdict === 'fault' && first)
    return `Fault: ${inSentence(first.title)} (${first.nic}), ${first.standing}.`;
  const next = report.ask.length > 0 ? ' Run what is asked for below.' : '';
  if (first)
    return `Not enough evidence to tell. ${capital(first.standing)}: ${inSentence(first.title)} (${first.nic}).${next}`;
  const [ruledOut] = report.ruledOut;
  if (ruledOut) return `Not enough evidence to tell. It is not ${ruledOut.fault} (${ruledOut.nic}).${next}`;
  return `Not enough evidence to tell.${next}`;
}

/** Of which machines the answer is, where outputs of several were given. */
export function mixedLines({ problems }: Report): string[] {
  return problems.flatMap(({ code, says }) => (code === 'several-machines' ? [says] : []));
}

/** What the verdict stands on: the first fault that is more than possible. */
export function mainFinding({ findings }: Report): Finding | undefined {
  return findings.find(
    ({ severity, standing }) => severity === 'fault' && (standing === 'certain' || standing === 'likely'),
  );
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words of rules and captures as one line: a line break among them would begin a line of its own. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** With one full stop at its end. */
export function sentence(text: string): string {
  return `${oneLine(text).replace(/\.$/, '')}.`;
}

/** A title inside a sentence: its first letter small, names such as NIC and MSI-X left alone. */
export function inSentence(title: string): string {
  return /^[A-Z][a-z ]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

export function place({ line }: Evidence): string {
  return line.sample === 'complaint' ? 'your answer' : `${line.sample}:${line.number}`;
}

/** Evidence by what it means: several lines may say one thing together. */
export function byMeaning(because: readonly Evidence[]): { means: string; evidence: Evidence[] }[] {
  const groups = new Map<string, Evidence[]>();
  for (const one of because) groups.set(one.means, [...(groups.get(one.means) ?? []), one]);
  return [...groups].map(([means, evidence]) => ({ means, evidence }));
}

export function isAnswer({ line }: Evidence): boolean {
  return line.sample === 'complaint';
}

export function machineOf(on: string): string {
  if (on === 'here') return 'workstation';
  return on === 'unknown' ? 'guest or host' : on;
}

export function askLine(ask: Ask): string {
  const marks = [ask.needsRoot ? 'as root' : '', ask.twice ? 'twice, ten seconds apart' : ''].filter(Boolean);
  return `on the ${machineOf(ask.on)}${marks.length > 0 ? ` (${marks.join(', ')})` : ''}`;
}

export const PURPOSES: Record<Purpose, string> = {
  keep: 'Keep first',
  do: 'Do',
  verify: 'Check',
  undo: 'Way back',
};

/** Which lines were not understood, in few words: `guest/dmesg.txt: 3 lines (12, 40, 41)`. */
export function strangeLines(report: Report): string[] {
  const by = new Map<string, number[]>();
  for (const { sample, number } of report.loose) {
    const numbers = by.get(sample);
    if (numbers) numbers.push(number);
    else by.set(sample, [number]);
  }
  const loose = [...by].map(
    ([sample, numbers]) => `${sample}: ${numbers.length} of no known output (${firstFew(numbers)})`,
  );
  const inside = report.samples
    .filter(({ notUnderstood }) => notUnderstood > 0)
    .map(
      ({ name, title, notUnderstood, from, to }) => `${name}: ${notUnderstood} in ${title} (${from}-${to})`,
    );
  const passedOver = report.captures.flatMap(({ name, passedOver = 0 }) =>
    passedOver > 0 ? [`${name}: ${passedOver} more that name no network thing, passed over`] : [],
  );
  return [...loose, ...inside, ...passedOver];
}

/** "14 lines not understood" */
export function strangeCount({ loose, samples }: Report): string {
  const count = loose.length + samples.reduce((sum, { notUnderstood }) => sum + notUnderstood, 0);
  return `${count} ${count === 1 ? 'line' : 'lines'} not understood`;
}

function firstFew(numbers: readonly number[]): string {
  return numbers.slice(0, 5).join(', ') + (numbers.length > 5 ? ', ...' : '');
}

/** The path as one row: `vio1 [!! not UP] - virtio4 [?? MSI-X] - tap107i1 [up] ...`; `!!` is where it breaks, `??` is not known to be fine. */
export function pathRow(nic: Report['nics'][number]): string {
  return nic.path.map((hop) => `${hop.name} [${hopMark(hop)}${hop.says}]`).join(' - ');
}

function hopMark({ state, says }: Hop): string {
  if (state === 'broken') return '!! ';
  return state === 'unknown' && says !== 'not seen' ? '?? ' : '';
}

export function ruledOutLine(finding: Finding): string {
  const [first] = finding.because;
  return `${finding.fault} (${finding.nic})${first ? `: ${first.means} (${place(first)})` : ''}`;
}
