import type { Ask, Evidence, Finding, Report } from '../model/report.ts';
import type { Purpose } from '../model/rule.ts';

/** The answer in one line. */
export function verdictLine(report: Report): string {
  const [first] = report.findings;
  if (report.verdict === 'healthy') return 'Healthy: enough was seen, and nothing is wrong.';
  if (report.verdict === 'fault' && first)
    return `Fault: ${inSentence(first.title)} (${first.nic}), ${first.standing}.`;
  if (first)
    return `Not enough evidence to tell. Possible: ${first.fault} (${first.nic}). Run what is asked for below.`;
  const [ruledOut] = report.ruledOut;
  if (ruledOut) return `Not enough evidence to tell; it is not ${ruledOut.fault} (${ruledOut.nic}).`;
  return 'Not enough evidence to tell.';
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
  return on === 'unknown' ? 'guest' : on;
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
    ([sample, numbers]) => `${sample}: ${numbers.length} belong to no known output (${firstFew(numbers)})`,
  );
  const inside = report.samples
    .filter(({ notUnderstood }) => notUnderstood > 0)
    .map(({ name, title, notUnderstood }) => `${name}: ${notUnderstood} in ${title}`);
  return [...loose, ...inside];
}

function firstFew(numbers: readonly number[]): string {
  return numbers.slice(0, 5).join(', ') + (numbers.length > 5 ? ', ...' : '');
}

/** The path as one row: `vio1 [not UP] - virtio4 [msix] - tap107i1 [?] ...`; `!!` marks where it breaks. */
export function pathRow(nic: Report['nics'][number]): string {
  const mark = { ok: '', broken: '!! ', unknown: '' } as const;
  return nic.path.map((hop) => `${hop.name} [${mark[hop.state]}${hop.says}]`).join(' - ');
}

export function ruledOutLine(finding: Finding): string {
  const [first] = finding.because;
  return `${finding.fault} (${finding.nic})${first ? `: ${first.means} (${place(first)})` : ''}`;
}
