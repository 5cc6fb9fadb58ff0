import type { Finding, NicSummary, Report } from '../../model/report.ts';
import { pathLegend, pathPicture } from '../../report/path-picture.ts';
import { unknowns } from '../../report/unknowns.ts';
import { askLine, ruledOutLine, strangeLines } from '../../report/words.ts';
import { wrap } from '../../report/wrap.ts';
import { type Row, row } from '../rows.ts';
import type { View } from './screen.ts';

type Asked = { report: Report; finding: Finding | undefined; width: number; ascii: boolean };
let last: (Asked & { made: Row[][] }) | undefined;

/** What stands below the chosen finding; made once for it, not at each key. */
export function sections({ state, width, world }: View, finding: Finding | undefined): Row[][] {
  const { report } = state;
  if (!report) return [];
  const ascii = !world.unicode;
  const isKnown = last?.report === report && last.finding === finding;
  if (!last || !isKnown || last.width !== width || last.ascii !== ascii) {
    const asked = { report, finding, width, ascii };
    last = { ...asked, made: makeSections(asked) };
  }
  return last.made;
}

/** Each a title and its rows; those with nothing to say are left out. */
function makeSections({ report, finding, width, ascii }: Asked): Row[][] {
  const options = { width, ascii };
  const [nic, ...others] = nicsOf(report, finding);
  const lines = (texts: readonly string[]) =>
    texts.flatMap((text) => wrap(text, width, '  ', '    ').map((line) => row(line)));
  const picture = (one: NicSummary) => pathPicture(one, options).map(({ text, style }) => row(text, style));
  return [
    block(nic ? `Path of ${nic.name} (${pathLegend(options)})` : '', nic ? picture(nic) : []),
    block('Run next (a): y copies, paste what it prints', askRows(report, width)),
    block(
      'Ruled out',
      report.ruledOut.flatMap((one) => ruledOutRows(one, width)),
    ),
    block('Not known', lines(unknowns(report))),
    block('Take note', lines(report.problems.map(({ says }) => says))),
    ...others.map((one) => block(`Path of ${one.name}`, picture(one))),
    block('Read', lines(report.samples.map(sampleLine))),
    block('Lines not understood (u in the evidence goes there)', lines(strangeLines(report))),
  ].filter(({ length }) => length > 0);
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

function askRows({ ask }: Report, width: number): Row[] {
  return ask
    .slice(0, MOST_ASKS)
    .flatMap((one) => [
      row(`  ${one.command}`, 'command'),
      ...wrap(`${askLine(one)}: ${one.why}`, width, '      ').map((line) => row(line, 'faint')),
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
