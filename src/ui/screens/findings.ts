import type { Finding, Report } from '../../model/report.ts';
import { lookedAt } from '../../report/unknowns.ts';
import { mixedLines, verdictLine } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { chosenFinding, shownFindings } from '../chosen.ts';
import type { Deed } from '../keys.ts';
import { GAP, secondColumn, sideBySide } from '../parts/columns.ts';
import { blank, type Row, row } from '../parts/rows.ts';
import { aboutFinding, commandsOf, nextToRun, TINIEST } from './about-finding.ts';
import type { Screen, View } from './screen.ts';
import { sections } from './sections.ts';
import { chosen } from './start.ts';

/** The answer: what is wrong, how sure, why, and what to do; everything else below or, in a wide window, beside it. */
export function findingsScreen(view: View): Screen {
  const { state, height } = view;
  const { report } = state;
  if (!report)
    return {
      title: 'Findings',
      rows: state.captures.length > 0 ? [] : [row('Nothing was given yet: paste something, or press o.')],
      items: 0,
      tabs: [],
      deeds: [],
    };
  const shown = shownFindings(state);
  const selected = chosenFinding(state);
  const at = selected ? shown.indexOf(selected) : 0;
  const head = headRows(view, report, shown.length);
  const list = around(
    listRows(shown, at),
    at,
    Math.max(height < TINIEST ? 1 : 3, Math.floor(height / 4)),
    '; / filters',
  );
  const top = [...head, ...list.rows];
  const below = belowRows(view, report, selected, height - top.length);
  const chosenRow = head.length + list.at;
  return {
    title: 'Findings',
    rows: [...top, ...below.rows],
    marks: below.marks.map((mark) => top.length + mark),
    items: shown.length,
    chosen: shown.length > 0 ? [chosenRow, chosenRow + 1] : undefined,
    tabs: [],
    deeds: deedsOf(report, selected),
  };
}

/** Keys that do something for this report. */
function deedsOf(report: Report, finding: Finding | undefined): Deed[] {
  const { captures, findings, ask } = report;
  return [
    ...(captures.length > 0 ? (['choose', 'evidence'] as const) : []),
    ...(finding && finding.plans.length > 0 ? (['plan'] as const) : []),
    ...(ask.length > 0 ? (['ask'] as const) : []),
    ...(commandsOf(finding, report) !== '' ? (['copy'] as const) : []),
    ...(findings.length > 0 ? (['checkAgain', 'filter'] as const) : []),
    'export',
    'nextTab',
  ];
}

/** Rows below which only the answer and the list are shown, and no counts. */
const TINY = 16;

function headRows(view: View, report: Report, shown: number): Row[] {
  const { width, height } = view;
  return [
    ...wrap(verdictLine(report), width).map((line) => row(line, 'answer')),
    ...(height < TINY
      ? []
      : [...mixedRows(report, width), ...wrap(lookedAt(report), width).map((line) => row(line, 'faint'))]),
    ...(report.findings.length > 0 && height >= TINIEST ? [blank] : []),
    ...filterRow(view, report.findings.length, shown),
  ];
}

/** Which machine the answer is of; the whole of it stands below. */
function mixedRows(report: Report, width: number): Row[] {
  return mixedLines(report).flatMap((says) => {
    const [first = '', ...more] = wrap(says, width - 2);
    return [row(more.length > 0 ? `${first} \u2026` : first, 'warning')];
  });
}

/** About the chosen finding, then all sections; in two columns what is to be run and known stands right of it. */
function belowRows(view: View, report: Report, finding: Finding | undefined, room: number) {
  const at = secondColumn(view.width);
  const width = at === undefined ? view.width : at - GAP;
  const { main, other } = sections(view, finding, width);
  const first = stacked(aboutRows(report, finding, { width, height: view.height, room }), main);
  if (at === undefined) return first;
  const second = stacked([], other);
  return {
    rows: sideBySide(first.rows, second.rows, at),
    marks: [...new Set([...first.marks, ...second.marks])].sort((a, b) => a - b),
  };
}

function aboutRows(
  report: Report,
  finding: Finding | undefined,
  size: { width: number; height: number; room: number },
): Row[] {
  const [ask] = report.ask;
  if (finding) return aboutFinding(finding, report, size);
  if (report.findings.length > 0 || report.verdict === 'healthy') return [];
  // Without a path, what to run next is the first section by itself.
  if (ask && report.nics.every(({ path }) => path.length === 0)) return [];
  return [
    blank,
    ...(ask
      ? nextToRun(ask, size.width)
      : [row('  do   tell what you see (c), or give more: paste it, or open a file (o)')]),
  ];
}

/** Below each other, with the rows at which each section begins. */
function stacked(before: readonly Row[], all: readonly Row[][]): { rows: Row[]; marks: number[] } {
  const rows = [...before];
  const marks: number[] = [];
  for (const section of all) {
    rows.push(blank);
    marks.push(rows.length);
    rows.push(...section);
  }
  return { rows, marks };
}

function filterRow({ state }: View, all: number, shown: number): Row[] {
  if (state.filter === '') return [];
  return [row(`Only those with "${state.filter}": ${shown} of ${all}. Esc shows all.`, 'warning')];
}

function listRows(findings: readonly Finding[], at: number): Row[] {
  const standing = Math.max(8, ...findings.map((finding) => finding.standing.length));
  const nic = Math.min(16, Math.max(5, ...findings.map((finding) => finding.nic.length)));
  return findings.map((finding, index) =>
    chosen(
      `${numberOf(index)} ${finding.standing.padEnd(standing)}  ${finding.nic.padEnd(nic)}  ${finding.title}`,
      index === at,
      index,
    ),
  );
}

/** The key that chooses it; the tenth has none. */
export function numberOf(index: number): string {
  return index < 9 ? String(index + 1) : ' ';
}

/** The part of a long list that holds the chosen line, and where in it that is. */
export function around(
  list: readonly Row[],
  at: number,
  most: number,
  hint = '',
): { rows: Row[]; at: number } {
  // The line after the chosen one is seen too, where there is room for two.
  const from = Math.max(0, Math.min(at - most + (most > 1 ? 2 : 1), list.length - most));
  const isCut = list.length > most;
  const count = isCut ? [row(`  (${at + 1} of ${list.length}${hint})`, 'faint')] : [];
  return { rows: [...list.slice(from, from + most), ...count], at: at - from };
}
