import type { Side } from '../model/capture.ts';
import type { Line } from '../model/line.ts';
import type { Problem } from '../model/problem.ts';
import type { Sighted } from './join.ts';
import { conflictsAmong } from './machine-conflicts.ts';
import { sightingsOf, signsOf } from './machine-signs.ts';
import { type Group, gather, type Unit } from './same-machine.ts';
import { sidesAmong } from './sample-side.ts';

/** What can be looked at together: the outputs of one machine of each side, and what is said of those that were left out. */
export type Look = { readonly samples: readonly Sighted[]; readonly problems: readonly Problem[] };

/** Of more machines the outputs are hardly meant to be looked at together. */
const MOST_MACHINES = 3;

/**
 * Outputs of two guests, or of two hosts, must not be joined to one: a look for each, the one that tells most first. One look with all
 * where nothing speaks against one machine of each side.
 */
export function tellApart(given: readonly Sighted[]): readonly Look[] {
  const sideOf = sidesAmong(given);
  const samples = given.map((sample) => ({ ...sample, side: sideOf(sample) }));
  let looks: Look[] = [{ samples, problems: [] }];
  for (const side of ['guest', 'host'] as const) {
    const groups = gather(unitsOf(samples, side));
    const machines = [...conflictsAmong(groups)].sort((a, b) => sizeOf(b) - sizeOf(a));
    if (machines.length === 0) continue;
    looks = machines.slice(0, MOST_MACHINES).flatMap((machine) => {
      const problem = leftOut(side, machine, machines);
      return looks.map((look) => ({
        samples: only(look.samples, side, keptOf(machine, machines, groups)),
        problems: [...look.problems, problem],
      }));
    });
  }
  return looks;
}

function unitsOf(samples: readonly Sighted[], side: Side): Unit[] {
  return samples.flatMap((sample, index) => {
    const sightings = sightingsOf(sample, side);
    const { name = '', partOf } = sample.capture ?? {};
    const folder = name.slice(0, Math.max(0, name.lastIndexOf('/')));
    const own = { sample: index, kind: sample.kind, size: sightings.length, capture: name, folder, partOf };
    return sightings.length === 0 ? [] : [{ ...own, signs: signsOf({ ...sample, sightings }) }];
  });
}

function sizeOf({ units }: Group): number {
  return units.reduce((sum, { size }) => sum + size, 0);
}

/** Places of the samples that are of this machine; packets may be seen from anywhere but another one. */
function keptOf(machine: Group, machines: readonly Group[], groups: readonly Group[]): ReadonlySet<number> {
  const others = new Set(machines);
  const wire = groups.filter((group) => !others.has(group)).flatMap(({ units }) => units);
  const kept = [...machine.units, ...wire.filter(({ signs }) => signs.isOfWire)];
  return new Set(kept.map(({ sample }) => sample));
}

/** The places stay: what each sample says of the other side is read as before. */
function only(samples: readonly Sighted[], side: Side, kept: ReadonlySet<number>): readonly Sighted[] {
  return samples.map((sample, index) => {
    if (kept.has(index)) return sample;
    const own = new Set(sightingsOf(sample, side));
    return { ...sample, sightings: sample.sightings.filter((sighting) => !own.has(sighting)) };
  });
}

const COUNT = ['no', 'one', 'two', 'three', 'four', 'five'];

function leftOut(side: Side, machine: Group, machines: readonly Group[]): Problem {
  const others = machines.filter((other) => other !== machine);
  const named = [machine, ...others].slice(0, MOST_MACHINES);
  const count = COUNT[machines.length] ?? machines.length;
  const list = named.map((one) => `${nameOf(one)} (${placesOf(one)})`).join(' and ');
  const more = machines.length > named.length ? ' and others' : '';
  const says = `Only ${nameOf(machine)} was looked at: the outputs of the ${side} look like those of ${count} machines, ${list}${more}. To look at another one, give its outputs alone. If it is one machine before and after a change, give the later ones.`;
  return { code: 'several-machines', says, at: named.flatMap(({ units }) => lineOf(units)) };
}

function nameOf({ name, os, units }: Group): string {
  const [card] = units.flatMap(({ signs }) => [...signs.cards]);
  return name ?? (card ? `the one whose ${card[0]} has ${card[1].mac}` : `the one that runs ${os}`);
}

function placesOf({ units }: Group): string {
  const captures = [...new Set(units.map(({ capture }) => capture))];
  return captures.length > 2 ? `${captures.slice(0, 2).join(', ')}, ...` : captures.join(', ');
}

function lineOf(units: readonly Unit[]): Line[] {
  return units.flatMap(({ signs }) => signs.at ?? []).slice(0, 1);
}
