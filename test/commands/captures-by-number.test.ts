import { describe, expect, test } from 'vitest';
import { captureSender, captureShelf } from '../../src/commands/captures-by-number.ts';
import type { Capture } from '../../src/model/capture.ts';

const capture = (name: string): Capture => ({ name, side: 'guest', origin: 'pasted', text: name });

/** Both sides, and what is between threads: a copy. */
function threads() {
  const sender = captureSender();
  const shelf = captureShelf((one) => one);
  const ask = (captures: readonly Capture[]) => {
    const sent = sender.send(captures);
    shelf.forget(sender.forget());
    return { taken: shelf.take(structuredClone(sent)), whole: sent.filter((one) => one.capture).length };
  };
  return { ask };
}

describe('captures for another thread', () => {
  test('go over once, and are the same objects there each time', () => {
    const { ask } = threads();
    const [a, b] = [capture('a'), capture('b')];
    const first = ask([a]);
    const second = ask([a, b]);
    expect([first.whole, second.whole]).toEqual([1, 1]);
    expect(second.taken).toEqual([a, b]);
    expect(second.taken[0]).toBe(first.taken[0]);
  });

  test('that were not asked of for a while go over again', () => {
    const { ask } = threads();
    const a = capture('a');
    ask([a]);
    for (let more = 0; more < 3; more++) ask([capture('b')]);
    expect(ask([a]).whole).toBe(0);
    for (let more = 0; more < 6; more++) ask([capture('b')]);
    expect(ask([a])).toMatchObject({ whole: 1, taken: [a] });
  });
});
