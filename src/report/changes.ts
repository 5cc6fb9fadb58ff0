import type { Finding, Report, Standing } from '../model/report.ts';

const ORDER: readonly Standing[] = ['ruled-out', 'possible', 'likely', 'certain'];

/** What another text changed in the findings, the most telling first: `now certain: the ... (vio1)`. */
export function changes(before: Report | null, after: Report): string[] {
  const was = standings(before);
  const is = standings(after);
  const moved = [...is.values()]
    .filter((finding) => was.get(keyOf(finding))?.standing !== finding.standing)
    .filter((finding) => finding.standing !== 'ruled-out' || was.has(keyOf(finding)))
    .sort((a, b) => weight(b, was) - weight(a, was))
    .map((finding) => `now ${words(finding.standing)}: ${finding.title} (${finding.nic})`);
  const gone = [...was.values()]
    .filter((finding) => finding.standing !== 'ruled-out' && !is.has(keyOf(finding)))
    .map((finding) => `no longer ${words(finding.standing)}: ${finding.title} (${finding.nic})`);
  return [...moved, ...gone];
}

function standings(report: Report | null): Map<string, Finding> {
  return new Map([...(report?.findings ?? []), ...(report?.ruledOut ?? [])].map((one) => [keyOf(one), one]));
}

function keyOf({ fault, nic }: Finding): string {
  return `${fault} ${nic}`;
}

/** What became surer comes first; what was ruled out after what was found. */
function weight(finding: Finding, was: ReadonlyMap<string, Finding>): number {
  const before = ORDER.indexOf(was.get(keyOf(finding))?.standing ?? 'ruled-out');
  const now = ORDER.indexOf(finding.standing);
  return now * 10 + (now - before);
}

function words(standing: Standing): string {
  return standing === 'ruled-out' ? 'ruled out' : standing;
}
