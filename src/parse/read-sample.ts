import type { Row } from '../model/line.ts';
import type { Parser, Reading, ReadSample, Sample } from '../model/sample.ts';
import type { Sighting } from '../model/sighting.ts';
import { hostName, loggingHost } from './host-name.ts';

type Found = Sample & { readonly parser: Parser };

/**
 * One sample to sightings. Where it holds the output of two machines, it becomes one for each: the lines of a log by the name in
 * their prefix, a listing where it begins again with other MACs.
 */
export function readSample({ parser, ...sample }: Found): ReadSample[] {
  const rows = sample.rows.filter((row) => row.text !== '');
  const logs = parser.isLog ? rowsByHost(rows) : [];
  const names = logs.flatMap(({ hostName }) => hostName ?? []);
  if (names.length > 1 && !isRenamed(rows, names))
    return logs.map((log) => read({ ...sample, ...log }, parser));
  const name = names.at(-1);
  const named = name === undefined ? sample : { ...sample, hostName: name };
  const whole = read(named, parser, rows);
  const starts = parser.isLog ? [] : secondListings(whole.sightings, sample.rows);
  if (starts.length === 0) return [whole];
  return cutAt(starts, sample.rows).map((own) => read({ ...named, rows: own }, parser));
}

function read(sample: Sample, parser: Parser, rows: readonly Row[] = sample.rows): ReadSample {
  const reading = parser.read(rows, sample.command);
  return { ...sample, ...reading, side: sideOf(sample, parser, reading) };
}

function sideOf({ side }: Sample, parser: Parser, reading: Reading): Sample['side'] {
  return side === 'unknown' ? (parser.side ?? reading.side ?? 'unknown') : side;
}

type Log = Pick<Sample, 'hostName' | 'rows'>;

/** A row without a name is of the machine above it. */
function rowsByHost(rows: readonly Row[]): Log[] {
  const logs = new Map<string | undefined, Row[]>();
  let hostName: string | undefined;
  for (const row of rows) {
    hostName = (row.isLogged && loggingHost(row.at[0].text)) || hostName;
    const own = logs.get(hostName);
    if (own) own.push(row);
    else logs.set(hostName, [row]);
  }
  return [...logs].map(([name, own]) => ({ rows: own, ...(name !== undefined && { hostName: name }) }));
}

/** systemd, hostnamed, NetworkManager and cloud-init say so when a machine gets its name in the middle of a boot. */
const RENAMED = /\bhost ?name\b.{0,60}\bto <?["']?([\w.-]{1,64})/i;

function isRenamed(rows: readonly Row[], names: readonly string[]): boolean {
  return rows.some(({ at: [{ text }] }) => names.includes(hostName(RENAMED.exec(text)?.[1]) ?? ''));
}

/**
 * Line numbers from which on interfaces are listed that were listed before, where one of them has another MAC then: the listing of
 * another machine. None for the same listing twice, nor where its beginning cannot be told.
 */
function secondListings(sightings: readonly Sighting[], rows: readonly Row[]): number[] {
  const macs = new Map<string, string>();
  let seen = new Map<string, number>();
  const repeats: Repeat[] = [];
  let first = '';
  let current = '';
  let isOther = false;
  for (const { is, id, says, at } of sightings) {
    if (is !== 'interface') continue;
    const before = seen.get(id);
    // A head tells whether it is up: seen again, the block begins again.
    if (before !== undefined && (id !== current || says.up !== undefined)) {
      repeats.push({ from: before, to: at[0].number, isWhole: id === first });
      seen = new Map();
    }
    if (seen.size === 0) first = id;
    current = id;
    seen.set(id, at[0].number);
    if (says.mac === undefined) continue;
    isOther ||= (macs.get(id) ?? says.mac) !== says.mac;
    macs.set(id, says.mac);
  }
  const starts = isOther ? startsOf(repeats, rows) : [];
  return starts.every((start) => start !== undefined) ? starts : [];
}

/** An interface that stands in one listing, and again in the next; whether the former begins with it. */
type Repeat = { readonly from: number; readonly to: number; readonly isWhole: boolean };

/** Two pastes have an empty line in between; two listings without one begin with the same interface. */
function startsOf(repeats: readonly Repeat[], rows: readonly Row[]): (number | undefined)[] {
  const blanks = new Map<number, number>();
  let blank = 0;
  for (const { text, at } of rows) {
    if (text === '') blank = at[0].number;
    blanks.set(at[0].number, blank);
  }
  return repeats.map(({ from, to, isWhole }) => {
    const before = blanks.get(to) ?? 0;
    return before > from ? before : isWhole ? to : undefined;
  });
}

function cutAt(starts: readonly number[], rows: readonly Row[]): Row[][] {
  const parts: Row[][] = [[]];
  let next = 0;
  for (const row of rows) {
    if (row.at[0].number === starts[next]) {
      parts.push([]);
      next++;
    }
    if (row.text !== '') parts.at(-1)?.push(row);
  }
  return parts.filter((part) => part.length > 0);
}
