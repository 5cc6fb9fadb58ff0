import { failureOf } from '../model/bundle.ts';
import type { Capture, Side } from '../model/capture.ts';
import type { Line } from '../model/line.ts';
import { decodeBase64 } from './base64.ts';
import { sha256 } from './sha256.ts';
import type { Numbered } from './unpack/numbered-rows.ts';

/** A section of a bundle while it is read. */
export type Open = {
  /** How a mail quoted the section. */
  quote: string;
  machine: Side;
  /** Of the bundle that it is in, where a text holds several. */
  partOf: string;
  probe: string;
  isBinary: boolean;
  command?: string;
  taken?: string;
  rows: Numbered[];
};

/** Its output as a capture; `end`: the line that closes it, as END matches it, where that is here. */
export function sectionCapture(capture: Capture, open: Open, end?: RegExpExecArray): Capture {
  const [, , outcome = '', lines = '', bytes = '', sum] = end ?? [];
  const rows = end && !open.isBinary ? unwrap(open.rows, Number(lines), Number(bytes)) : open.rows;
  const content = open.isBinary ? decodeBase64(rows.map(({ text }) => text).join('')) : undefined;
  const command = open.command ?? open.probe;
  const failure =
    (outcome === '' || isFirstLook(open) ? undefined : sentenceOf(command, outcome)) ??
    (content && sum !== undefined && sha256(content) !== sum ? changed(command) : undefined);
  const cut = cutAs(command, rows, end && !content ? Number(lines) : undefined, end !== undefined);
  const at: Line[] = rows.slice(-1).map((row) => ({ sample: capture.name, ...row }));
  return {
    name: `${capture.name} ${open.machine} ${open.probe}`,
    side: open.machine,
    partOf: open.partOf,
    origin: capture.origin,
    ...(open.command !== undefined && { argv: wordsOf(open.command) }),
    ...(open.taken !== undefined && { taken: open.taken }),
    ...(failure !== undefined && { failure }),
    ...(cut !== undefined && { problems: [{ code: 'sample-cut-short', says: cut, at }] }),
    ...(outcome !== '' && { outcome: outcome.replace(/^exit-/, 'exit ') }),
    ...(content
      ? { text: '', bytes: [content] }
      : {
          text: rows.map(({ text }) => text.replace(/^#==\|/, '')).join('\n'),
          numbers: rows.map(({ number }) => number),
        }),
  };
}

/** What is here is read all the same. */
function cutAs(
  command: string,
  rows: readonly Numbered[],
  lines: number | undefined,
  hasEnd: boolean,
): string | undefined {
  if (!hasEnd) return `${command}: its end is missing in this copy; take the bundle again whole.`;
  if (lines === undefined || rows.length === lines) return undefined;
  return `${command}: ${lines} lines were written and ${rows.length} are here: this copy was cut or re-wrapped.`;
}

function changed(command: string): string {
  return `${command}: this copy is not what was written (its SHA-256 differs): frames may be missing or wrong from some place on.`;
}

/** The first looks ask for what most machines do not have: that it is not there says nothing to a person. */
function isFirstLook({ probe }: Open): boolean {
  return probe.startsWith('survey/');
}

function sentenceOf(command: string, outcome: string): string | undefined {
  const failure = failureOf(outcome.replace(/^exit-/, 'exit '));
  return failure === undefined ? undefined : `${command}: ${failure}.`;
}

/** A copy through a console of N columns breaks longer lines at N: joined again where that gives the counts of the end line. */
function unwrap(rows: readonly Numbered[], lines: number, bytes: number): readonly Numbered[] {
  if (rows.length <= lines) return rows;
  const widest = rows.reduce((most, { text }) => Math.max(most, text.length), 0);
  const joined: Numbered[] = [];
  let isOpen = false;
  for (const row of rows) {
    const last = joined.at(-1);
    if (isOpen && last) joined[joined.length - 1] = { ...last, text: last.text + row.text };
    else joined.push(row);
    isOpen = row.text.length === widest;
  }
  const size = joined.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length + 1, 0);
  return joined.length === lines && size === bytes ? joined : rows;
}

/** Splits a printed command line; single quotes as bundleSection writes them. */
function wordsOf(command: string): string[] {
  const words = command.match(/(?:[^\s'\\]|'[^']{0,4000}'|\\.){1,4000}/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|\\(.)/g, (_, quoted, escaped) => quoted ?? escaped));
}
