// Reads: the program's own bundles, and what the sh collector prints (model/bundle.ts), also when pasted, cut, quoted or re-wrapped.
// Printed by: src/machine/bundle.ts and src/machine/sh-script.ts, version 1.
// Fixtures: test/parse/unpack-bundle.test.ts makes them.

import { BUNDLE_VERSION, bundleVersion, MARK } from '../model/bundle.ts';
import type { Capture, Side } from '../model/capture.ts';
import type { Line } from '../model/line.ts';
import type { Problem } from '../model/problem.ts';
import { ANY_BUNDLE, looseOf } from './beside-bundle.ts';
import { watchBundle } from './bundle-gaps.ts';
import { type Open, sectionCapture } from './bundle-section.ts';
import { type Numbered, numberedRows } from './unpack/numbered-rows.ts';

const BEGIN = /^(?:> ?){0,4}#== begin (\d{1,6}) (guest|host|peer|unknown) ([\w./-]{1,80})( base64)?$/;
const RUN = /^(?:> ?){0,4}#== run (.{1,4000})$/;
const TAKEN = /^(?:> ?){0,4}#== taken (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)$/;
const THROUGH = /^(?:> ?){0,4}#== through \S/;
const END =
  /^(?:> ?){0,4}#== end (\d{1,6}) ([a-z]{1,12}(?:-\d{1,3})?) lines (\d{1,9}) bytes (\d{1,12})(?: seconds [\d.]{1,12})?(?: sha256 ([\da-f]{64}))?$/;
const ANY_MARK = /^(?:> ?){0,4}#== (?:begin|done)\b/;

/** A text that holds a bundle becomes its outputs, each a capture of its own; any other text stays as it is. */
export function unpackBundle(capture: Capture): Capture[] {
  if (!capture.text.includes(`${MARK} begin `) && !capture.text.includes(ANY_BUNDLE)) return [capture];
  const captures: Capture[] = [];
  const around: Numbered[] = [];
  const newer: Line[] = [];
  const gaps = watchBundle(capture.name);
  let isNewer = false;
  let bundles = 0;
  let last = 0;
  let open: Open | undefined;
  for (const row of numberedRows(capture)) {
    const version = open ? undefined : bundleVersion(row.text);
    if (version !== undefined) {
      isNewer = version > BUNDLE_VERSION;
      if (isNewer) newer.push({ sample: capture.name, ...row });
      else gaps.head(row);
      bundles++;
      last = 0;
    }
    if (isNewer) {
      around.push(row);
      continue;
    }
    gaps.row(row);
    const begin = BEGIN.exec(row.text);
    const end = END.exec(row.text);
    if (begin) {
      if (open) captures.push(sectionCapture(capture, open));
      const [, index, machine, probe = '', base64] = begin;
      if (Number(index) <= last) bundles++;
      last = Number(index);
      const quote = /^(?:> ?){0,4}/.exec(row.text)?.[0] ?? '';
      const partOf = `${capture.name} ${bundles}`;
      open = { quote, machine: machine as Side, partOf, probe, isBinary: base64 !== undefined, rows: [] };
    } else if (!open) around.push(row);
    else if (end) {
      captures.push(sectionCapture(capture, open, end));
      open = undefined;
    } else if (ANY_MARK.test(row.text)) {
      captures.push(sectionCapture(capture, open));
      open = undefined;
    } else addRow(open, row);
  }
  if (open) captures.push(sectionCapture(capture, open));
  const loose = looseOf(capture, around);
  const [first, ...others] =
    newer.length > 0 ? [...loose, ...namedApart(captures)] : [...namedApart(captures), ...loose];
  if (!first) return [capture];
  const problems = [...(newer.length > 0 ? [newerVersion(newer)] : []), ...gaps.done(open !== undefined)];
  if (problems.length === 0) return [first, ...others];
  return [{ ...first, problems: [...problems, ...(first.problems ?? [])] }, ...others];
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

/** The same probe twice (before and after an interval) is two captures. */
function namedApart(captures: readonly Capture[]): Capture[] {
  const seen = new Map<string, number>();
  return captures.map((capture) => {
    const count = (seen.get(capture.name) ?? 0) + 1;
    seen.set(capture.name, count);
    return count === 1 ? capture : { ...capture, name: `${capture.name} (${count})` };
  });
}
