import type { Side } from '../model/capture.ts';
import type { Case, Reading, Readings } from '../model/case.ts';
import { type Known, known, mapKnown, unknown, valueIn } from '../model/known.ts';

/** All readings of one counter on one machine. */
export function readingsOf(
  kase: Pick<Case, 'counters'>,
  side: Side,
  of: string | undefined,
  counts: string,
): Readings | undefined {
  return of === undefined ? undefined : kase.counters.get(`${side}|${of}|${counts}`);
}

/** A counter that fell was reset in between: that says nothing. */
export function progress(readings: Readings | undefined): Known<'moving' | 'frozen'> {
  const [first, last] = firstAndLast(readings);
  if (!first || !last || last.value < first.value) return unknown;
  return known(last.value > first.value ? 'moving' : 'frozen', [first.at[0], last.at[0]]);
}

export function growth(readings: Readings | undefined): Known<'growing' | 'steady'> {
  return mapKnown(progress(readings), (word) => (word === 'moving' ? 'growing' : 'steady'));
}

export function amount(readings: Readings | undefined): Known<'some' | 'none'> {
  const last = readings?.at(-1);
  return last ? known(last.value > 0 ? 'some' : 'none', last.at) : unknown;
}

/**
 * First and last reading by one command. Two commands that count the same packets (ip -s link, ifconfig) were most probably run
 * in one breath: equal numbers there do not say that anything stands still.
 */
export function firstAndLast(readings: Readings | undefined): readonly [Reading?, Reading?] {
  for (const last of [...(readings ?? [])].reverse()) {
    const first = readings?.find((other) => other.sample < last.sample && isSameCommand(other, last));
    if (first) return [first, last];
  }
  return [];
}

function isSameCommand(a: Reading, b: Reading): boolean {
  return a.kind === b.kind && (a.command === undefined || b.command === undefined || a.command === b.command);
}

/** The worst of several answers: the first of `words` that any of them is; the others need not all be known. */
export function worst<W extends string>(answers: readonly Known<W>[], ...words: readonly W[]): Known<W> {
  for (const word of words) {
    const answer = answers.find((one) => valueIn(one) === word);
    if (answer) return answer;
  }
  return answers.find(({ state }) => state === 'known') ?? unknown;
}
