import { describe, expect, test } from 'vitest';
import { evaluate } from '../../src/diagnose/condition.ts';
import { readCondition } from '../../src/diagnose/read-condition.ts';
import type { Case, Fact } from '../../src/model/case.ts';
import { known, unknown } from '../../src/model/known.ts';

const line = { sample: 'a.txt', number: 1, text: 'x' };
const fact = (name: string, word: string | undefined): Fact => ({
  name,
  asks: '?',
  words: { yes: '{nic} says yes', no: '{nic} says no' },
  read: () => (word === undefined ? unknown : known(word, [line])),
});
const facts = new Map(
  [fact('t.yes', 'yes'), fact('t.no', 'no'), fact('t.unknown', undefined)].map((one) => [one.name, one]),
);
const ask = (given: unknown) =>
  evaluate(readCondition(given, facts, []), { nic: { name: 'vio0', joined: [] }, kase: {} as Case, facts });

const Y = { 't.yes': 'yes' };
const N = { 't.no': 'yes' };
const U = { 't.unknown': 'yes' };

describe("Kleene's three values", () => {
  test.each([
    [{ all: [Y, Y] }, 'yes'],
    [{ all: [Y, N] }, 'no'],
    [{ all: [Y, U] }, 'unknown'],
    [{ all: [N, U] }, 'no'],
    [{ any: [Y, U] }, 'yes'],
    [{ any: [N, U] }, 'unknown'],
    [{ any: [N, N] }, 'no'],
    [{ not: Y }, 'no'],
    [{ not: N }, 'yes'],
    [{ not: U }, 'unknown'],
    [{ ...Y, ...N }, 'no'],
    [{ 't.no': ['yes', 'no'] }, 'yes'],
  ])('%j is %s', (given, value) => {
    expect(ask(given).value).toBe(value);
  });

  test('what decided is told with its line, what is open by name', () => {
    expect(ask({ all: [Y, N] }).because).toEqual([{ line, fact: 't.no', word: 'no', means: 'vio0 says no' }]);
    expect(ask({ all: [Y, U] }).open).toEqual(['t.unknown']);
  });
});

describe('readCondition refuses', () => {
  test.each([
    [{ 't.yess': 'yes' }, /no such fact: t\.yess; did you mean t\.yes\?/],
    [{ 't.yes': 'yep' }, /t\.yes is never yep; did you mean yes\?/],
    [{ all: [] }, /all needs a list/],
    [{}, /empty condition/],
    [[], /is a map/],
    ['t.yes', /is a map/],
  ])('%j', (given, message) => {
    expect(() => readCondition(given, facts, [])).toThrow(message);
  });
});
