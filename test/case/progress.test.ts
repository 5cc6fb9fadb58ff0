import { describe, expect, test } from 'vitest';
import { facts } from '../../src/case/facts.ts';
import { join } from '../../src/case/join.ts';
import type { Nic } from '../../src/model/case.ts';
import type { Sighting } from '../../src/model/sighting.ts';

// Only two readings by one command tell that time passed.
const nic: Nic = { name: 'eth0', joined: [] };

describe('nic.input', () => {
  test.each([
    ['moving', ['linux/ip-link', 10], ['linux/ip-link', 12]],
    ['frozen', ['linux/ip-link', 10], ['linux/ip-link', 10]],
    ['unknown', ['linux/ip-link', 10], ['linux/ip-link', 4]],
    ['unknown', ['linux/ip-link', 10], ['linux/ifconfig', 10]],
    ['unknown', ['linux/ip-link', 10, 'ip -s link'], ['linux/ip-link', 10, 'ip -s -s link show eth0']],
  ] as const)('%s: %j, %j', (word, first, second) => {
    expect(ask('nic.input', [first, second])).toBe(word);
  });

  test('two mentions in one output are one reading', () => {
    const twice = [...count(10, 1), ...count(10, 2)];
    const kase = join([{ kind: 'linux/ip-link', side: 'guest', sightings: twice }], []);
    expect(facts.get('nic.input')?.read(nic, kase).state).toBe('unknown');
  });
});

function ask(name: string, readings: readonly (readonly [string, number, string?])[]): string {
  const samples = readings.map(([kind, value, command], index) => ({
    kind,
    side: 'guest' as const,
    command,
    sightings: count(value, index),
  }));
  const answer = facts.get(name)?.read(nic, join(samples, []));
  return answer?.state === 'known' ? answer.value : 'unknown';
}

function count(value: number, number: number): Sighting[] {
  const says = { of: 'eth0', counts: 'rx-packets', value };
  return [{ is: 'counter', id: 'eth0 rx-packets', says, at: [{ sample: 's', number, text: `${value}` }] }];
}
