import type { Capture } from '../../model/capture.ts';
import type { Evidence, Finding } from '../../model/report.ts';
import { type Row, row } from '../rows.ts';
import type { Screen, View } from './screen.ts';

/** The captures of a finding, its lines marked where they stand, and below each what it means. */
export function evidenceScreen({ state }: View): Screen {
  const finding = state.report?.findings[state.cursor.findings];
  const names = finding ? [...new Set(finding.because.map(({ line }) => line.sample))] : [];
  const files = names.filter((name) => state.captures.some((capture) => capture.name === name));
  const name = files[Math.min(state.tab.evidence, files.length - 1)];
  const capture = state.captures.find((one) => one.name === name);
  if (!finding || !capture) {
    const why = finding
      ? 'This finding rests on your answer alone; no text to show.'
      : 'Nothing was found yet, so there is no evidence to show.';
    return { title: 'Evidence', rows: [row(why)], items: 0, tabs: [] };
  }
  return { title: `${finding.title} (${finding.nic})`, items: 0, tabs: files, ...marked(finding, capture) };
}

let last: { finding: Finding; capture: Capture; rows: Row[]; marks: number[] } | undefined;

/** The text with its marks; made once for a finding and a capture, not at each key. */
function marked(finding: Finding, capture: Capture): { rows: Row[]; marks: number[] } {
  if (last?.finding === finding && last.capture === capture) return last;
  const evidence = marksIn(finding, capture.name);
  const rows: Row[] = [];
  const marks: number[] = [];
  for (const [index, text] of capture.text.replace(/\n$/, '').split('\n').entries()) {
    const number = capture.numbers?.[index] ?? index + 1;
    const here = evidence.get(number);
    if (here) marks.push(rows.length);
    const gutter = `${here ? '>' : ' '}${String(number).padStart(5)} | `;
    rows.push(here ? { text, gutter, style: 'evidence' } : { text, gutter });
    for (const { means } of here ?? []) rows.push({ text: means, gutter: '        ^ ', style: 'meaning' });
  }
  last = { finding, capture, rows, marks };
  return last;
}

function marksIn(finding: Finding, sample: string): Map<number, Evidence[]> {
  const marks = new Map<number, Evidence[]>();
  for (const evidence of finding.because) {
    if (evidence.line.sample === sample)
      marks.set(evidence.line.number, [...(marks.get(evidence.line.number) ?? []), evidence]);
  }
  return marks;
}
