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
    return {
      title: 'Evidence',
      rows: [row('This finding rests on your answer alone; no text to show.')],
      items: 0,
      tabs: [],
    };
  }
  const marked = marksIn(finding, capture.name);
  const rows: Row[] = [];
  const marks: number[] = [];
  for (const [index, text] of linesOf(capture.text).entries()) {
    const number = capture.numbers?.[index] ?? index + 1;
    const evidence = marked.get(number);
    if (evidence) marks.push(rows.length);
    rows.push(
      row(
        `${evidence ? '>' : ' '}${String(number).padStart(5)} | ${text}`,
        evidence ? 'evidence' : undefined,
      ),
    );
    for (const { means } of evidence ?? []) rows.push(row(`        ^ ${means}`, 'meaning'));
  }
  return { title: `${finding.title} (${finding.nic})`, rows, items: 0, tabs: files, marks };
}

const split = new Map<string, string[]>();

/** A large capture is cut into lines once, not at each key. */
function linesOf(text: string): string[] {
  const known = split.get(text);
  if (known) return known;
  if (split.size > 8) split.clear();
  const lines = text.replace(/\n$/, '').split('\n');
  split.set(text, lines);
  return lines;
}

function marksIn(finding: Finding, sample: string): Map<number, Evidence[]> {
  const marks = new Map<number, Evidence[]>();
  for (const evidence of finding.because) {
    if (evidence.line.sample === sample)
      marks.set(evidence.line.number, [...(marks.get(evidence.line.number) ?? []), evidence]);
  }
  return marks;
}
