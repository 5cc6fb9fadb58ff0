import type { Finding } from '../model/report.ts';
import type { State } from './state.ts';

/** The findings that the list shows: all, or those with the words of the filter. */
export function shownFindings({ report, filter }: State): readonly Finding[] {
  const findings = report?.findings ?? [];
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return findings;
  return findings.filter(({ fault, nic, standing, title }) => {
    const text = `${fault} ${nic} ${standing} ${title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The finding that evidence and plan are about. */
export function chosenFinding(state: State): Finding | undefined {
  const shown = shownFindings(state);
  return shown[Math.min(state.cursor.findings, shown.length - 1)];
}
