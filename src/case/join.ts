import type { Capture, Side } from '../model/capture.ts';
import type { Case, DriverEntry, Nic, Reading, Thing } from '../model/case.ts';
import { type Known, known, unknown } from '../model/known.ts';
import type { Line, Lines } from '../model/line.ts';
import type { Problem } from '../model/problem.ts';
import type { Complaint, Sighting } from '../model/sighting.ts';
import { thingKey } from './look-up.ts';
import { nameNumberedPorts } from './port-numbers.ts';
import { compareReleases } from './release.ts';
import { sameNic } from './same-nic.ts';
import { sidesAmong } from './sample-side.ts';

/** One sample's sightings with what decides between samples. */
export type Sighted = {
  readonly kind: string;
  readonly side: Side;
  /** The command line that stood above it. */
  readonly command?: string | undefined;
  readonly taken?: string | undefined;
  /** The person said which machine it is of. */
  readonly isPlaced?: boolean;
  readonly hostName?: string | undefined;
  readonly capture?: Pick<Capture, 'name' | 'partOf'>;
  readonly sightings: readonly Sighting[];
};

type Told = { value: unknown; at: Lines; sample: number; taken: string | undefined };
type Draft = { is: Sighting['is']; id: string; side: Side; at: Lines; says: Map<string, Told[]> };

/** Sightings of all samples become one truth: each thing once, each property known, or unknown where samples disagree. */
export function join(samples: readonly Sighted[], drivers: readonly DriverEntry[]): Case {
  const drafts = new Map<string, Draft>();
  const counters = new Map<string, Reading[]>();
  const sideOf = sidesAmong(samples);
  for (const [index, sample] of samples.entries()) {
    const side = sideOf(sample);
    for (const sighting of sample.sightings) {
      const own = sample.isPlaced ? side : (sighting.side ?? side);
      const { kind, command, taken } = sample;
      const from = { kind, command, taken, sample: index };
      const counter = counterIn(sighting);
      if (counter) addReading(counters, own, counter, from);
      if (sighting.is !== 'counter') addTold(drafts, own, sighting, index, taken);
    }
  }
  const problems: Problem[] = [];
  const things = new Map<string, Thing>();
  for (const [key, draft] of drafts) things.set(key, settle(draft, problems));
  const complaint = (things.get(thingKey('unknown', 'complaint', '')) as Thing<'complaint'> | undefined)?.says
    .kind;
  nameNumberedPorts(things);
  const nics = firstOf(sameNic({ things }, problems), problems);
  return {
    things,
    counters,
    nics,
    complaint: complaint ?? (unknown as Known<Complaint>),
    drivers,
    problems,
  };
}

/** No machine has as many; a text made to have them would take hours, and its report gigabytes. */
const MOST_NICS = 1000;

function firstOf(nics: readonly Nic[], problems: Problem[]): readonly Nic[] {
  if (nics.length <= MOST_NICS) return nics;
  const says = `${nics.length} NICs were found, and only the first ${MOST_NICS} were looked at: give the outputs of one VM and its host.`;
  problems.push({ code: 'sample-too-large', says, at: [] });
  return nics.slice(0, MOST_NICS);
}

type Counted = { key: string; value: number; at: Lines };

/** Registers and the guest's memory are read several times to see whether they move. */
function counterIn({ is, id, says, at }: Sighting): Counted | undefined {
  if ((is !== 'counter' && is !== 'register') || says.value === undefined) return undefined;
  return { key: is === 'counter' ? `${says.of}|${says.counts}` : `${id}|value`, value: says.value, at };
}

function addReading(
  counters: Map<string, Reading[]>,
  side: Side,
  { key, value, at }: Counted,
  from: Pick<Reading, 'kind' | 'command' | 'sample' | 'taken'>,
): void {
  const readings = counters.get(`${side}|${key}`) ?? [];
  readings.push({ value, at, ...from });
  counters.set(`${side}|${key}`, readings);
}

function addTold(
  drafts: Map<string, Draft>,
  side: Side,
  sighting: Sighting,
  sample: number,
  taken: string | undefined,
): void {
  const key = thingKey(side, sighting.is, sighting.id);
  const draft = drafts.get(key) ?? {
    is: sighting.is,
    id: sighting.id,
    side,
    at: sighting.at,
    says: new Map(),
  };
  drafts.set(key, draft);
  for (const [property, value] of Object.entries(sighting.says)) {
    const told = draft.says.get(property) ?? [];
    told.push({ value, at: sighting.at, sample, taken });
    draft.says.set(property, told);
  }
}

function settle(draft: Draft, problems: Problem[]): Thing {
  const says: Record<string, Known<unknown>> = {};
  for (const [property, told] of draft.says) says[property] = settleProperty(draft, property, told, problems);
  return { is: draft.is, id: draft.id, side: draft.side, at: draft.at, says } as Thing;
}

/** The last word inside one sample; the newer of two dated samples; what all agree on; else unknown, and told. */
function settleProperty(draft: Draft, property: string, told: Told[], problems: Problem[]): Known<unknown> {
  const bySample = new Map<number, Told>();
  for (const one of told) bySample.set(one.sample, one);
  const last = [...bySample.values()];
  const first = last[0] as Told;
  const bound = BOUNDS[property];
  if (bound) return tightest(told, bound);
  if (last.every(({ value }) => same(value, first.value, property))) return known(first.value, first.at);
  const dated = last.filter((one) => one.taken !== undefined);
  if (dated.length === last.length) {
    const newest = dated.reduce((a, b) => ((a.taken ?? '') > (b.taken ?? '') ? a : b));
    return known(newest.value, newest.at);
  }
  if (!IS_PROSE.has(property)) problems.push(disagreement(draft, property, last));
  return unknown;
}

/** Differ for good reasons between two listings of one thing: no reader needs to be told. */
const IS_PROSE = new Set([
  'text',
  'linkEvent',
  'media',
  'groups',
  'maxLength',
  'count',
  'leftOut',
  'firstAt',
  'lastAt',
  'at',
  'flags',
  'windowValue',
  'queuesActive',
]);

/** The forms seen in several outputs bound the release from both sides: each of them holds. */
const BOUNDS: Readonly<Record<string, 1 | -1>> = { releaseAtLeast: 1, releaseAtMost: -1 };

function tightest(told: readonly Told[], sign: 1 | -1): Known<unknown> {
  const best = told.reduce((a, b) => (compareReleases(String(b.value), String(a.value)) * sign > 0 ? b : a));
  return known(best.value, best.at);
}

/** A kernel and its userland may differ in the patch level: `14.1-RELEASE-p4`, `14.1-RELEASE-p6`. */
function same(a: unknown, b: unknown, property: string): boolean {
  if (property === 'release' && typeof a === 'string' && typeof b === 'string')
    return a === b || (/^\d/.test(a) && /^\d/.test(b) && compareReleases(a, b) === 0);
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

function disagreement(draft: Draft, property: string, told: readonly Told[]): Problem {
  const lines: Line[] = told.flatMap(({ at }) => at.slice(0, 1));
  const values = [...new Set(told.map(({ value }) => JSON.stringify(value)))].slice(0, 3).join(' and ');
  const says = `${draft.is} ${draft.id || 'of the machine'}: ${property} is ${values}; taken for unknown. If one is from before a change, leave it out.`;
  return { code: 'samples-disagree', says, at: lines };
}
