import type { Side } from '../model/capture.ts';
import type { Row } from '../model/line.ts';
import type { Problem, ProblemCode } from '../model/problem.ts';
import type { Reading } from '../model/sample.ts';
import type { Sighting, ThingKind, Things } from '../model/sighting.ts';

/** Collects what a parser sees while it walks through the rows. */
export type Notes = {
  /** Says something of a thing, on the strength of one row. Undefined properties are left out. */
  say<K extends ThingKind>(is: K, id: string, says: Loose<Things[K]>, row: Row): void;
  /** From here on it is of this machine, though the sample as a whole may be of both. */
  turnTo(side: Side | undefined): void;
  /** This row was not understood. */
  missed(row: Row): void;
  problem(code: ProblemCode, says: string, rows: readonly Row[]): void;
  done(side?: Side): Reading;
};

type Loose<T> = { readonly [P in keyof T]?: T[P] | undefined };

export function takeNotes(): Notes {
  const sightings: Sighting[] = [];
  const notUnderstood: Row[] = [];
  const problems: Problem[] = [];
  let current: Side | undefined;
  return {
    say(is, id, says, row) {
      const told = Object.fromEntries(Object.entries(says).filter(([, value]) => value !== undefined));
      sightings.push({
        is,
        id,
        says: told,
        at: row.at,
        ...(current && { side: current }),
      } as unknown as Sighting);
    },
    turnTo(side) {
      current = side;
    },
    missed(row) {
      if (row.text !== '') notUnderstood.push(row);
    },
    problem(code, says, rows) {
      problems.push({ code, says, at: rows.flatMap((row) => row.at) });
    },
    done(side) {
      return { sightings, notUnderstood, problems, ...(side && { side }) };
    },
  };
}
