// Reads: the program's own bundles, and what the sh collector prints (model/bundle.ts), also when pasted, cut, quoted or re-wrapped.
// Printed by: src/machine/bundle.ts and src/machine/sh-script.ts, version 1.
// Fixtures: test/parse/unpack-bundle.test.ts makes them.

import { BUNDLE_VERSION, bundleVersion, failureOf, MARK } from '../model/bundle.ts';
import type { Capture, Side } from '../model/capture.ts';
import type { Line } from '../model/line.ts';
import type { Problem } from '../model/problem.ts';
import { decodeBase64 } from './base64.ts';
import { ANY_BUNDLE, looseOf } from './beside-bundle.ts';
import { sha256 } from './sha256.ts';
import { type Numbered, numberedRows } from './unpack/numbered-rows.ts';

const BEGIN = /^(?:> ?){0,4}#== begin (\d{1,6}) (guest|host|peer|unknown) ([\w./-]{1,80})( base64)?$/;
const RUN = /^(?:> ?){0,4}#== run (.{1,4000})$/;
const TAKEN = /^(?:> ?){0,4}#== taken (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)$/;
const THROUGH = /^(?:> ?){0,4}#== through \S/;
const END =
  /^(?:> ?){0,4}#== end (\d{1,6}) ([a-z]{1,12}(?:-\d{1,3})?) lines (\d{1,9}) bytes (\d{1,12})(?: seconds [\d.]{1,12})?(?: sha256 ([\da-f]{64}))?$/;
const ANY_MARK = /^(?:> ?){0,4}#== (?:begin|done)\b/;

type Open = {
  /** How a mail quoted the section. */
  quote: string;
  machine: Side;
  probe: string;
  isBinary: boolean;
  command?: string;
  taken?: string;
  rows: Numbered[];
};

/** A text that holds a bundle becomes its outputs, each a capture of its own; any other text stays as it is. */
export function unpackBundle(capture: Capture): Capture[] {
  if (!capture.text.includes(`${MARK} begin `) && !capture.text.includes(ANY_BUNDLE)) return [capture];
  const captures: Capture[] = [];
  const around: Numbered[] = [];
  const newer: Line[] = [];
  let isNewer = false;
  let open: Open | undefined;
  for (const row of numberedRows(capture)) {
    const version = open ? undefined : bundleVersion(row.text);
    if (version !== undefined) {
      isNewer = version > BUNDLE_VERSION;
      if (isNewer) newer.push({ sample: capture.name, ...row });
    }
    if (isNewer) {
      around.push(row);
      continue;
    }
    const begin = BEGIN.exec(row.text);
    const end = END.exec(row.text);
    if (begin) {
      if (open) captures.push(toCapture(capture, open, undefined));
      const [, , machine, probe = '', base64] = begin;
      const quote = /^(?:> ?){0,4}/.exec(row.text)?.[0] ?? '';
      open = { quote, machine: machine as Side, probe, isBinary: base64 !== undefined, rows: [] };
    } else if (!open) around.push(row);
    else if (end) {
      captures.push(toCapture(capture, open, end));
      open = undefined;
    } else if (ANY_MARK.test(row.text)) {
      captures.push(toCapture(capture, open, undefined));
      open = undefined;
    } else addRow(open, row);
  }
  if (open) captures.push(toCapture(capture, open, undefined));
  const loose = looseOf(capture, around);
  const [first, ...others] =
    newer.length > 0 ? [...loose, ...namedApart(captures)] : [...namedApart(captures), ...loose];
  if (!first) return [capture];
  return newer.length > 0 ? [{ ...first, problems: [newerVersion(newer)] }, ...others] : [first, ...others];
}

/** The two lines below `begin`, then the output; a command line that was wrapped goes on until `taken`. */
function addRow(open: Open, row: Numbered): void {
  const run = RUN.exec(row.text)?.[1];
  const taken = TAKEN.exec(row.text)?.[1];
  if (open.command === undefined && run !== undefined) open.command = run;
  else if (open.taken === undefined && taken !== undefined) open.taken = taken;
  else if (open.command !== undefined && open.taken === undefined) open.command += row.text;
  else if (open.rows.length === 0 && THROUGH.test(row.text)) return;
  else open.rows.push({ ...row, text: unquoted(row.text, open.quote) });
}

function newerVersion(at: readonly Line[]): Problem {
  const says = `This bundle is of a newer version than this program knows (${BUNDLE_VERSION}): it was read as any text is. Take a newer vio-doctor.`;
  return { code: 'not-supported', says, at };
}

/** An empty line loses the blank behind its quoting mark on the way. */
function unquoted(text: string, quote: string): string {
  if (text.startsWith(quote)) return text.slice(quote.length);
  return text === quote.trimEnd() ? '' : text;
}

function toCapture(capture: Capture, open: Open, end: RegExpExecArray | undefined | null): Capture {
  const [, , outcome = '', lines = '', bytes = '', sum] = end ?? [];
  const rows = end && !open.isBinary ? unwrap(open.rows, Number(lines), Number(bytes)) : open.rows;
  const content = open.isBinary ? decodeBase64(rows.map(({ text }) => text).join('')) : undefined;
  const failure = content
    ? binaryFailure(open, content, outcome, sum)
    : failureFor(open, end ? outcome : undefined, rows, Number(lines));
  return {
    name: `${capture.name} ${open.machine} ${open.probe}`,
    side: open.machine,
    origin: capture.origin,
    ...(open.command !== undefined && { argv: wordsOf(open.command) }),
    ...(open.taken !== undefined && { taken: open.taken }),
    ...(failure !== undefined && { failure }),
    ...(outcome !== '' && { outcome: outcome.replace(/^exit-/, 'exit ') }),
    ...(content
      ? { text: '', bytes: [content] }
      : {
          text: rows.map(({ text }) => text.replace(/^#==\|/, '')).join('\n'),
          numbers: rows.map(({ number }) => number),
        }),
  };
}

function failureFor(
  open: Open,
  outcome: string | undefined,
  rows: readonly Numbered[],
  lines: number,
): string | undefined {
  const command = open.command ?? open.probe;
  if (outcome === undefined)
    return `${command}: its end is missing in this copy; take the bundle again whole.`;
  const failure = sentenceOf(open, outcome);
  if (failure !== undefined) return failure;
  if (rows.length === lines) return undefined;
  return `${command}: ${lines} lines were written and ${rows.length} are here: this copy was cut or re-wrapped.`;
}

/** What is there is read all the same. */
function binaryFailure(
  open: Open,
  content: Uint8Array,
  outcome: string,
  sum: string | undefined,
): string | undefined {
  const command = open.command ?? open.probe;
  if (outcome === '') return `${command}: its end is missing in this copy; take the bundle again whole.`;
  if (sum !== undefined && sha256(content) !== sum)
    return `${command}: this copy is not what was written (its SHA-256 differs): frames may be missing or wrong from some place on.`;
  return sentenceOf(open, outcome);
}

function sentenceOf({ command, probe }: Open, outcome: string): string | undefined {
  const failure = failureOf(outcome.replace(/^exit-/, 'exit '));
  return failure === undefined ? undefined : `${command ?? probe}: ${failure}.`;
}

/** A copy through a console of N columns breaks longer lines at N: joined again where that gives the counts of the end line. */
function unwrap(rows: readonly Numbered[], lines: number, bytes: number): readonly Numbered[] {
  if (rows.length <= lines) return rows;
  const widest = Math.max(...rows.map(({ text }) => text.length));
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

/** The same probe twice (before and after an interval) is two captures. */
function namedApart(captures: readonly Capture[]): Capture[] {
  const seen = new Map<string, number>();
  return captures.map((capture) => {
    const count = (seen.get(capture.name) ?? 0) + 1;
    seen.set(capture.name, count);
    return count === 1 ? capture : { ...capture, name: `${capture.name} (${count})` };
  });
}
