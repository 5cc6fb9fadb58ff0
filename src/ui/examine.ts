import type { Capture, Pieces } from '../model/capture.ts';
import type { Report } from '../model/report.ts';
import type { Complaint } from '../model/words.ts';
import { changes } from '../report/changes.ts';
import { recognised } from '../report/recognised.ts';
import type { Examining } from './hands.ts';
import { compareWith } from './second-look.ts';

/** What is told the person when it is done; it may depend on what came of it. */
export type Saying = string | ((report: Report) => string);

/** What is given is there at once, and kept whatever happens; the report follows, unless more was given meanwhile. */
export async function examine(
  { world, act, state }: Examining,
  captures: readonly Capture[],
  complaint: Complaint | null,
  saying: Saying,
): Promise<void> {
  act({ do: 'give', captures, complaint, message: readingLine(captures) });
  try {
    const report = await world.diagnose(captures, complaint);
    const now = state();
    if (now.captures !== captures || now.complaint !== complaint) return;
    act({ do: 'examined', captures, complaint, report, message: said(saying, report) });
  } catch (error) {
    act({ do: 'say', message: `Not read, a bug in vio-doctor: ${(error as Error).message}` });
  }
}

function said(saying: Saying, report: Report): string {
  return typeof saying === 'string' ? saying : saying(report);
}

/** `Reading 5.0 MB...`: small texts are read before anybody could read this. */
function readingLine(captures: readonly Capture[]): string {
  if (captures.length === 0) return '';
  const bytes = captures.reduce((sum, { text, bytes: packets }) => sum + text.length + sizeOf(packets), 0);
  return `Reading ${(bytes / 1e6).toFixed(1)} MB\u2026`;
}

function sizeOf(packets: Pieces | undefined): number {
  return packets?.size ?? [...(packets ?? [])].reduce((sum, { length }) => sum + length, 0);
}

/** Adds what a person gives to what they gave before; the built-in case, and its complaint, are not theirs. */
export async function addCaptures(
  hands: Examining,
  given: readonly Capture[],
  saying: Saying,
  /** Names of captures that they take the place of. */
  replaced: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { captures, complaint, second } = hands.state();
  if (second) {
    const others = second.captures.filter(({ name }) => !replaced.has(name));
    return compareWith(hands, given.reduce(addCapture, others), (report) => said(saying, report));
  }
  const kept = captures.filter(({ origin, name }) => origin !== 'built-in' && !replaced.has(name));
  const wasBuiltIn = captures.some(({ origin }) => origin === 'built-in');
  await examine(
    hands,
    given.reduce(addCapture, kept),
    wasBuiltIn ? null : complaint,
    wasBuiltIn ? (report) => `${said(saying, report)} The built-in case is put aside.` : saying,
  );
}

/** The same text again changes nothing; another text of the same name (two machines' dmesg.txt) gets a number. */
function addCapture(captures: readonly Capture[], capture: Capture): readonly Capture[] {
  if (captures.some((one) => isSame(one, capture))) return captures;
  let name = capture.name;
  for (let count = 2; captures.some((one) => one.name === name); count++) name = `${capture.name} (${count})`;
  return [...captures, { ...capture, name }];
}

/** Of packets the beginning tells, with its times. */
function isSame(a: Capture, b: Capture): boolean {
  if (a.name !== b.name || a.text !== b.text || sizeOf(a.bytes) !== sizeOf(b.bytes)) return false;
  const [ours, theirs] = [firstOf(a.bytes), firstOf(b.bytes)];
  return ours.length === theirs.length && ours.every((octet, index) => octet === theirs[index]);
}

function firstOf(packets: Pieces | undefined): Uint8Array {
  for (const piece of packets ?? []) return piece.slice(0, 65_536);
  return new Uint8Array(0);
}

/** `paste-3`: the next number that is free. */
export function nextPasteName(captures: readonly Capture[]): string {
  let number = captures.filter(({ origin }) => origin === 'pasted').length + 1;
  while (captures.some(({ name }) => name === `paste-${number}`)) number++;
  return `paste-${number}`;
}

export async function addPaste(hands: Examining, text: string): Promise<void> {
  const { second, captures, report: before } = hands.state();
  const name = nextPasteName(second?.captures ?? captures);
  const capture: Capture = { name, side: 'unknown', origin: 'pasted', text };
  await addCaptures(hands, [capture], (report) => {
    const moved = second ? [] : changes(before, report).slice(0, 1);
    return [`${name}: ${recognised(report, name)}`, ...moved].join('; ').concat('.');
  });
}
