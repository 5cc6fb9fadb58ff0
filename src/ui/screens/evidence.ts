import type { Capture } from '../../model/capture.ts';
import type { Finding, Report } from '../../model/report.ts';
import { chosenFinding } from '../chosen.ts';
import { type MarkedText, markedText } from '../parts/marked-text.ts';
import { row } from '../parts/rows.ts';
import type { Screen, View } from './screen.ts';

/** The captures, those of the chosen finding first: its lines marked where they stand, and below each what it means. */
export function evidenceScreen({ state, width }: View): Screen {
  const { report } = state;
  const finding = chosenFinding(state);
  const captures = report ? inOrder(report, finding) : [];
  const capture = captures[state.tab.evidence % Math.max(1, captures.length)];
  if (!report || !capture) {
    const why = finding
      ? 'This finding rests on your answer alone; there is no text to show.'
      : 'Nothing was given yet, so there is no text to show.';
    return { title: 'Evidence', rows: [row(why)], items: 0, tabs: [] };
  }
  const { rows, marks, strange } = marked(report, finding, capture, width);
  const about = finding ? `${finding.title} (${finding.nic})` : 'Evidence';
  return { title: about, rows, marks, strange, items: 0, tabs: captures.map(({ name }) => name) };
}

/** Those with lines of the finding in the order of its evidence, then all others. */
function inOrder(report: Report, finding: Finding | undefined): Capture[] {
  const names = [...new Set(finding?.because.map(({ line }) => line.sample))];
  const first = names.flatMap((name) => report.captures.find((capture) => capture.name === name) ?? []);
  return [...first, ...report.captures.filter(({ name }) => !names.includes(name))];
}

let last:
  | ({ report: Report; finding: Finding | undefined; capture: Capture; width: number } & MarkedText)
  | undefined;

/** Made once for a finding and a capture, not at each key. */
function marked(report: Report, finding: Finding | undefined, capture: Capture, width: number): MarkedText {
  const isKnown = last?.report === report && last.finding === finding && last.capture === capture;
  if (!last || !isKnown || last.width !== width)
    last = { report, finding, capture, width, ...markedText(report, finding, capture, width) };
  return last;
}
