import type { Lines } from './line.ts';

/** A value with the lines that prove it, or the admission that nobody looked. */
export type Known<T> =
  | { readonly state: 'known'; readonly value: T; readonly at: Lines }
  | { readonly state: 'unknown' };

export const unknown: { readonly state: 'unknown' } = { state: 'unknown' };

export function known<T>(value: T, at: Lines): Known<T> {
  return { state: 'known', value, at };
}

/** The same lines, another value: for facts that are read off one value. */
export function mapKnown<T, U>(from: Known<T> | undefined, change: (value: T) => U | undefined): Known<U> {
  if (from?.state !== 'known') return unknown;
  const value = change(from.value);
  return value === undefined ? unknown : known(value, from.at);
}

/** The first one that is known. */
export function firstKnown<T>(...candidates: readonly (Known<T> | undefined)[]): Known<T> {
  return candidates.find((candidate) => candidate?.state === 'known') ?? unknown;
}

export function valueIn<T>(from: Known<T> | undefined): T | undefined {
  return from?.state === 'known' ? from.value : undefined;
}
