import type { Known } from '../../model/known.ts';
import { distinctLines, type Line } from '../../model/line.ts';
import type { Direction, Hop } from '../../model/report.ts';
import type { Count } from './counts.ts';

/** A hop, and what the search for lost packets needs to know of it. */
export type Station = Omit<Hop, 'counts'> & {
  readonly counts: readonly Count[];
  /** The directions whose packets end here, as its state tells. */
  readonly loses: readonly Direction[];
  /** It loses only some of them (tagged ones, unicasts): that others pass does not speak against it. */
  readonly losesPart: boolean;
  readonly side: 'guest' | 'host';
  /** The interfaces at which packets of this hop are counted and captured. */
  readonly points: readonly string[];
  /** Only packets of this NIC pass here: that they do is a sign of life of this NIC. */
  readonly isOwn: boolean;
};

/** One thing that is known of a hop. `ok` is said of what makes the hop work, `unknown` of what is merely so. */
export type Sign = {
  readonly state: Hop['state'];
  readonly says: string;
  readonly at: readonly Line[];
  /** Of a broken one; both where nothing is said. */
  readonly loses?: readonly Direction[];
  readonly isPart?: boolean;
};

export const BOTH: readonly Direction[] = ['from-guest', 'to-guest'];

type Given = Pick<Hop, 'kind' | 'name'> & Partial<Pick<Station, 'side' | 'points' | 'isOwn' | 'counts'>>;

/** What is broken outshines the rest. */
export function station(given: Given, signs: readonly (Sign | undefined)[]): Station {
  const seen = signs.filter((sign) => sign !== undefined);
  const broken = seen.filter(({ state }) => state === 'broken');
  const told = broken.length > 0 ? broken : seen;
  const isFine = broken.length === 0 && seen.some(({ state }) => state === 'ok');
  const words = [...new Set(told.map(({ says }) => says))].filter(Boolean).join(', ');
  return {
    side: 'host',
    points: [given.name],
    isOwn: false,
    counts: [],
    ...given,
    state: broken.length > 0 ? 'broken' : isFine ? 'ok' : 'unknown',
    says: words || (isFine ? 'fine' : 'not seen'),
    loses: BOTH.filter((direction) => broken.some(({ loses = BOTH }) => loses.includes(direction))),
    losesPart: broken.length > 0 && broken.every(({ isPart }) => isPart),
    at: distinctLines(told.flatMap(({ at }) => at)),
  };
}

type Meaning = readonly [Hop['state'], string, (readonly Direction[])?, 'part'?];

/** What an answer means for a hop; an answer that is not in the table means nothing. */
export function sign<W extends string | boolean>(
  answer: Known<W> | undefined,
  meanings: Readonly<Record<string, Meaning>>,
): Sign | undefined {
  if (answer?.state !== 'known') return undefined;
  const meaning = meanings[String(answer.value)];
  if (!meaning) return undefined;
  const [state, says, loses, part] = meaning;
  return { state, says, at: answer.at, ...(loses && { loses }), ...(part && { isPart: true }) };
}

/** Something that is so, in its own words. */
export function note(answer: Known<unknown> | undefined, says: string): Sign | undefined {
  return answer?.state === 'known' ? { state: 'unknown', says, at: answer.at } : undefined;
}
