import type { Capture } from '../model/capture.ts';
import type { Line, Row } from '../model/line.ts';
import type { Problem } from '../model/problem.ts';
import { withoutLogPrefix } from './log-prefix.ts';

/** No grammar here has longer lines; what lies beyond is cut so that matching stays bounded. */
const LONGEST_LINE = 4096;
/** But QEMU's command line below libvirt, as ps prints it. */
const LONGEST_COMMAND = 16_384;
const COMMAND = /^.{0,300}(?:qemu-|\bkvm -)/;
const MOST_ROWS = 400_000;

/**
 * Makes every line of a text readable for parsers, and keeps where it stood. One row a line:
 * colours, control characters, quoting marks, entities and log prefixes are taken off; blank lines stay.
 */
export function toRows(capture: Capture): { rows: Row[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const texts = capture.text.split('\n');
  if (texts.at(-1) === '') texts.pop();
  const quotedPrintable = /=(?:3D|20|A0)/.test(capture.text) && /=\r?\n/.test(capture.text);
  const rows: Row[] = [];
  let unfinished: Row | undefined;
  for (const [index, given] of texts.slice(0, MOST_ROWS).entries()) {
    const line = toLine(capture, index, given);
    const longest = longestOf(given);
    if (given.length > longest) problems.push(tooLong(line, given.length, longest));
    const own = toRow(line, quotedPrintable);
    const row: Row = unfinished
      ? { ...unfinished, text: unfinished.text + own.text, at: [...unfinished.at, ...own.at] }
      : own;
    const goesOn = row.text.endsWith('=') && isSoftlyBroken(line.text, quotedPrintable);
    unfinished = goesOn ? { ...row, text: row.text.slice(0, -1) } : undefined;
    if (!unfinished) rows.push(row);
  }
  if (unfinished) rows.push(unfinished);
  if (texts.length > MOST_ROWS) {
    const last = toLine(capture, MOST_ROWS, texts[MOST_ROWS] ?? '');
    const says = `${texts.length - MOST_ROWS} lines from here on were not read: a text of at most ${MOST_ROWS} lines is. Cut it to the part that matters.`;
    problems.push({ code: 'sample-too-large', says, at: [last] });
  }
  return { rows: dedent(rows), problems };
}

function toLine(capture: Capture, index: number, given: string): Line {
  const text = given.slice(0, longestOf(given));
  const number = capture.numbers?.[index] ?? index + 1;
  return { sample: capture.name, number, text: text.endsWith('\r') ? text.slice(0, -1) : text };
}

function longestOf(text: string): number {
  return text.length > LONGEST_LINE && COMMAND.test(text) ? LONGEST_COMMAND : LONGEST_LINE;
}

function tooLong(line: Line, length: number, longest: number): Problem {
  const says = `This line has ${length} characters; only the first ${longest} were read. If line breaks were lost, paste it again with them.`;
  return { code: 'line-too-long', says, at: [line] };
}

function toRow(line: Line, quotedPrintable: boolean): Row {
  const clean = unquoted(line.text, quotedPrintable);
  const bare = withoutLogPrefix(clean);
  return { text: bare.trimEnd(), at: [line], ...(bare.length < clean.length && { isLogged: true }) };
}

/** One line without what terminals, mail, trackers and syslog put around and into it. */
export function cleanLine(text: string, quotedPrintable = false): string {
  return withoutLogPrefix(unquoted(text, quotedPrintable)).trimEnd();
}

function unquoted(text: string, quotedPrintable: boolean): string {
  let clean = needsNoCleaning(text) ? text : scrub(text);
  if (quotedPrintable) clean = clean.replace(/=(20|3D|A0)/g, (_, hex) => (hex === '3D' ? '=' : ' '));
  return clean.replace(/^(?:> ?)+(?=\s{0,20}\S|$)/, '');
}

/**
 * A soft line break of quoted-printable mail (RFC 2045, 6.7): the line goes on in the next one. Where no `=3D` tells the
 * encoding, a line of prose that is just as long as such lines are, and ends so, is taken for one.
 */
function isSoftlyBroken(text: string, quotedPrintable: boolean): boolean {
  const end = text.trimEnd();
  if (!end.endsWith('=')) return false;
  return quotedPrintable || (end.length >= 64 && end.length <= 77 && /\w \w.{0,60}[\w.,:;)]=$/.test(end));
}

function needsNoCleaning(text: string): boolean {
  return /^[\t\x20-\x25\x27-\x7e]*$/.test(text) && !BARE_COLOUR.test(text);
}

/** A colour code that lost its ESC on the way. */
const BARE_COLOUR = /\[\d{1,3}(?:;\d{1,3}){0,4}m/;
const BARE_COLOURS = new RegExp(BARE_COLOUR, 'g');

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
  '&#39;': "'",
  '&nbsp;': ' ',
};

function scrub(text: string): string {
  return (
    text
      // CSI and OSC sequences.
      .replace(/\x1b\[[0-?]*[ -/]*[@-~]/g, '')
      .replace(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?/g, '')
      .replace(BARE_COLOURS, '')
      .replace(/&(?:lt|gt|amp|quot|apos|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
      .replace(/[\u00a0\u2000-\u200a\u202f\u3000\r]/g, ' ')
      .replace(/[\u201c\u201d]/g, '"')
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '')
  );
}

/** Takes off an indent that a whole paragraph shares (code blocks of trackers); a tool's own indents stay. */
function dedent(rows: readonly Row[]): Row[] {
  const result: Row[] = [];
  let from = 0;
  while (from < rows.length) {
    let to = from;
    while (to < rows.length && rows[to]?.text !== '') to++;
    const paragraph = rows.slice(from, to);
    const indent = sharedIndent(paragraph);
    for (const row of paragraph) result.push(indent ? { ...row, text: row.text.slice(indent) } : row);
    while (to < rows.length && rows[to]?.text === '') result.push(rows[to++] as Row);
    from = to;
  }
  return result;
}

function sharedIndent(paragraph: readonly Row[]): number {
  let shared = Number.POSITIVE_INFINITY;
  for (const { text } of paragraph) {
    const indent = text.startsWith('\t') ? 1 : text.length - text.trimStart().length;
    if (!text.startsWith('\t') && indent < 4) return 0;
    shared = Math.min(shared, indent);
  }
  return Number.isFinite(shared) ? shared : 0;
}
