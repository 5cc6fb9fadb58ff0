import type { NicSummary, Report } from '../model/report.ts';
import { type PictureOptions, pathPicture } from './path-picture.ts';
import { vanishSentences } from './vanish-words.ts';
import { pathRow } from './words.ts';
import { wrap } from './wrap.ts';

const MOST_PICTURES = 6;

/** The paths of all NICs. Of many, those that lose packets or have a finding are drawn, and of the others each is a row. */
export function pathLines(report: Report, options: PictureOptions): string[] {
  const { nics, findings } = report;
  const named = new Set(findings.map(({ nic }) => nic));
  const isDrawn = ({ name, vanish }: NicSummary) =>
    nics.length <= MOST_PICTURES || vanish.length > 0 || named.has(name);
  const drawn = nics.filter(isDrawn).slice(0, MOST_PICTURES);
  const pictures = drawn.map((nic) => pathPicture(nic, options).map(({ text }) => text));
  const rows = nics
    .filter((nic) => !drawn.includes(nic))
    .flatMap((nic) => wrap(pathRow(nic), options.width ?? 80, '', '  '));
  const blocks = [...pictures, rows].filter(({ length }) => length > 0);
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

const MOST_TOLD = 2;

/** Where packets get lost, NIC by NIC, in sentences: for a reader who does not know yet what is wrong. */
export function lossLines({ nics }: Report, width: number): string[] {
  return nics
    .flatMap(({ name, vanish, path }) =>
      vanishSentences(vanish, path.length).map((text) => `${name}: ${text}.`),
    )
    .slice(0, MOST_TOLD)
    .flatMap((text) => wrap(text, width, '', '  '));
}
