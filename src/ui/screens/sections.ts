import type { Finding, NicSummary, Report } from '../../model/report.ts';
import { pathLegend, pathPicture } from '../../report/path-picture.ts';
import { unknowns } from '../../report/unknowns.ts';
import { askLine, ruledOutLine, strangeLines } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { secondColumn } from '../parts/columns.ts';
import { commandRows } from '../parts/command-rows.ts';
import { type Row, row } from '../parts/rows.ts';
import type { View } from './screen.ts';

/** Each section a title and its rows: beside each other where there are two columns, else the one below the other. */
export type Sections = { readonly main: readonly Row[][]; readonly other: readonly Row[][] };

type Asked = {
  report: Report;
  finding: Finding | undefined;
  width: number;
  /** Columns of the second column; 0: there is none. */
  second: number;
  ascii: boolean;
};
let last: (Asked & { made: Sections }) | undefined;

/** What stands below the chosen finding, `width` columns wide, and beside it; made once for it, not at each key. */
export function sections(view: View, finding: Finding | undefined, width: number): Sections {
  const { report } = view.state;
  if (!report) return { main: [], other: [] };
  const at = secondColumn(view.width);
  const ascii = !view.world.unicode;
  const second = at === undefined ? 0 : view.width - at;
  const isKnown = last?.report === report && last.finding === finding && last.second === second;
  if (!last || !isKnown || last.width !== width || last.ascii !== ascii) {
    const asked = { report, finding, width, second, ascii };
    last = { ...asked, made: makeSections(asked) };
  }
  return last.made;
}

/** Those with nothing to say are left out. */
function makeSections({ report, finding, width, second, ascii }: Asked): Sections {
  const options = { width, ascii };
  const narrow = second || width;
  const [nic, ...others] = nicsOf(report, finding);
  const lines = (texts: readonly string[], room: number) =>
    texts.flatMap((text) => wrap(text, room, '  ', '    ').map((line) => row(line)));
  const picture = (one: NicSummary) => pathPicture(one, options).map(({ text, style }) => row(text, style));
  const path = block(nic ? `Path of ${nic.name} (${pathLegend(options)})` : '', nic ? picture(nic) : []);
  const next = block(
    second > 0 ? 'Run next (a)' : 'Run next (a): y copies, paste what it prints',
    askRows(report, narrow, second > 0 ? '    ' : '      '),
  );
  const ruledOut = block(
    'Ruled out',
    report.ruledOut.flatMap((one) => ruledOutRows(one, narrow)),
  );
  const unknown = block('Not known', lines(unknowns(report), narrow));
  const note = block(
    'Take note',
    lines(
      report.problems.map(({ says }) => says),
      narrow,
    ),
  );
  const rest = [
    ...others.map((one) => block(`Path of ${one.name}`, picture(one))),
    block('Read', lines(report.samples.map(sampleLine), width)),
    block('Lines not understood (u in the evidence goes there)', lines(strangeLines(report), width)),
  ];
  const isThere = (section: Row[]) => section.length > 0;
  return second > 0
    ? { main: [path, ...rest].filter(isThere), other: [next, unknown, ruledOut, note].filter(isThere) }
    : { main: [path, next, ruledOut, unknown, note, ...rest].filter(isThere), other: [] };
}

function block(title: string, rows: readonly Row[]): Row[] {
  return rows.length === 0 ? [] : [row(title, 'title'), ...rows];
}

/** The NIC of the finding first. */
function nicsOf(report: Report, finding: Finding | undefined): NicSummary[] {
  const withPath = report.nics.filter(({ path }) => path.length > 0);
  const first = withPath.find(({ name }) => name === finding?.nic);
  return first ? [first, ...withPath.filter((nic) => nic !== first)] : withPath;
}

const MOST_ASKS = 6;

function askRows({ ask }: Report, width: number, indent: string): Row[] {
  return ask
    .slice(0, MOST_ASKS)
    .flatMap((one) => [
      ...commandRows(one.command, width, { first: '  ', next: '  ' }),
      ...wrap(`${askLine(one)}: ${one.why}`, width, indent).map((line) => row(line, 'faint')),
    ]);
}

/** And the line that says so. */
function ruledOutRows(finding: Finding, width: number): Row[] {
  const [first] = finding.because;
  const line =
    first && first.line.sample !== 'complaint' ? [row(`      ${first.line.text.trim()}`, 'evidence')] : [];
  return [...wrap(ruledOutLine(finding), width, '  ', '    ').map((text) => row(text)), ...line];
}

function sampleLine({ name, from, to, title, machine, lines }: Report['samples'][number]): string {
  const where = machine === 'unknown' ? 'guest or host' : machine;
  return `${name}:${from}-${to} ${title}, ${where} (${lines} line${lines === 1 ? '' : 's'})`;
}
