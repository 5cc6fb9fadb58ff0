import type { Finding } from '../../model/report.ts';
import { lookedAt } from '../../report/unknowns.ts';
import { askLine, byMeaning, isAnswer, place, verdictLine } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { chosenFinding, shownFindings } from '../chosen.ts';
import { blank, type Row, row } from '../rows.ts';
import type { Screen, View } from './screen.ts';
import { sections } from './sections.ts';
import { chosen } from './start.ts';

/** The answer: what is wrong, how sure, why, and what to do; everything else below, section by section. */
export function findingsScreen(view: View): Screen {
  const { state, width, height } = view;
  const { report } = state;
  if (!report)
    return {
      title: 'Findings',
      rows: state.captures.length > 0 ? [] : [row('Nothing was given yet: paste something, or press o.')],
      items: 0,
      tabs: [],
    };
  const shown = shownFindings(state);
  const selected = chosenFinding(state);
  const at = selected ? shown.indexOf(selected) : 0;
  const head = [
    ...wrap(verdictLine(report), width).map((line) => row(line, 'answer')),
    ...(height < TINY ? [] : wrap(lookedAt(report), width).map((line) => row(line, 'faint'))),
    blank,
    ...filterRow(view, report.findings.length, shown.length),
  ];
  const list = around(listRows(shown, at), at, Math.max(3, Math.floor(height / 4)));
  const about = selected ? aboutRows(selected, width, height) : [];
  const rows = [...head, ...list.rows, ...about];
  const marks: number[] = [];
  for (const section of sections(view, selected)) {
    rows.push(blank);
    marks.push(rows.length);
    rows.push(...section);
  }
  const chosenRow = head.length + list.at;
  return {
    title: 'Findings',
    rows,
    marks,
    items: shown.length,
    chosen: shown.length > 0 ? [chosenRow, chosenRow + 1] : undefined,
    tabs: [],
  };
}

/** Rows from which on there is room for every reason with its lines. */
const ROOMY = 30;
/** Rows below which what to do stands before the reasons. */
const TINY = 16;

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
    ),
  );
}

/** The key that chooses it; the tenth has none. */
export function numberOf(index: number): string {
  return index < 9 ? String(index + 1) : ' ';
}

/** The part of a long list that holds the chosen line, and where in it that is. */
function around(list: readonly Row[], at: number, most: number): { rows: Row[]; at: number } {
  const from = Math.max(0, Math.min(at - most + 2, list.length - most));
  const isCut = list.length > most;
  const count = isCut ? [row(`  (${at + 1} of ${list.length}; / filters)`, 'faint')] : [];
  return { rows: [...list.slice(from, from + most), ...count], at: at - from };
}

const FEW_REASONS = 3;

function aboutRows(finding: Finding, width: number, height: number): Row[] {
  const isTight = height < ROOMY;
  const groups = byMeaning(finding.because);
  const told = isTight ? groups.slice(0, FEW_REASONS) : groups;
  const seen = new Set<string>();
  const why = told.flatMap(({ means, evidence }) => {
    const fresh = evidence.filter((one) => !isAnswer(one) && !seen.has(place(one)));
    for (const one of fresh) seen.add(place(one));
    return [
      ...wrap(means, width, '  why  ', '       ').map((line) => row(line)),
      ...fresh
        .slice(0, isTight ? 1 : 3)
        .map((one) => row(`       ${place(one)}  ${one.line.text.trim()}`, 'evidence')),
    ];
  });
  const more = groups.length - told.length;
  const open = finding.open
    .slice(0, 2)
    .flatMap(({ asks }) => wrap(asks, width, '  ?    ', '       ').map((line) => row(line, 'warning')));
  const reasons = [
    ...why,
    ...(more > 0 ? [row(`       and ${more} more: e shows them in their text`, 'faint')] : []),
    ...open,
  ];
  const deeds = todo(finding, width);
  return [blank, ...(height < TINY ? [...deeds, ...reasons] : [...reasons, ...deeds])];
}

/** The first thing to do: for a sure finding its fix, for an open one the command that would decide. */
function todo(finding: Finding, width: number): Row[] {
  if (finding.standing === 'possible') return [...nextToRun(finding, width), hint(finding)];
  const steps = finding.plans[0]?.steps.filter(({ purpose }) => purpose === 'do').slice(0, 3) ?? [];
  const fix = steps.flatMap((step) =>
    step.shown
      .split('\n')
      .map((line, index) => row(`${index === 0 ? '  do   ' : '       '}${step.on}# ${line}`, 'command')),
  );
  return [...fix, hint(finding)];
}

function nextToRun({ ask: [ask] }: Finding, width: number): Row[] {
  if (!ask) return [];
  return [
    row(`  run  ${ask.command}`, 'command'),
    ...wrap(`${askLine(ask)}: ${ask.why}`, width, '       ').map((line) => row(line, 'faint')),
  ];
}

function hint({ standing, plans, ask }: Finding): Row {
  const parts = [
    standing === 'possible' && ask.length > 0 && 'y copies it, paste the answer',
    standing !== 'possible' && plans.length > 0 && 'y copies these',
    plans.length > 0 && (standing === 'possible' ? 'p how to fix it' : 'p the whole plan and way back'),
  ];
  return row(`       ${[...parts.filter(Boolean), 'e the lines in their text'].join('; ')}`, 'faint');
}

/** What y copies on this screen: what stands there after `do` or `run`. */
export function commandsOf(finding: Finding): string {
  const steps = finding.plans[0]?.steps.filter(({ purpose }) => purpose === 'do').slice(0, 3) ?? [];
  if (finding.standing === 'possible') return finding.ask[0]?.command ?? '';
  return steps.map(({ shown }) => shown).join('\n');
}
