import { describe, expect, test } from 'vitest';
import { facts } from '../../src/case/facts.ts';
import { join } from '../../src/case/join.ts';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import { readCapture } from '../../src/parse/read-capture.ts';
import { knowledge } from '../cases.ts';

// The edges of each release range: the last release of one entry and the first of the next.
const edges = [
  ['config-vector', '5.9', 'not-used'],
  ['config-vector', '6.0', 'lost-on-up'],
  ['config-vector', '7.5', 'lost-on-up'],
  ['config-vector', '7.6', 'rewritten'],
  ['ring-barriers', '5.6', 'missing'],
  ['ring-barriers', '5.7', 'present'],
  ['send-restart', '7.7', 'may-stick'],
  ['send-restart', '7.8', 'fixed'],
  ['receive-offload', '7.5', 'none'],
  ['receive-offload', '7.6', 'on-by-default'],
  ['promisc-flag', '5.5', 'no'],
  ['promisc-flag', '5.6', 'yes'],
] as const;

describe('rules/drivers/openbsd-vio.yaml', () => {
  test.each(edges)('%s in %s is %s', (fact, release, word) => {
    expect(ask(fact, `kern.version=OpenBSD ${release} (GENERIC) #1: Sat Mar 25 10:32:31 MDT 2023\n`)).toBe(
      word,
    );
  });

  test('an unknown release is not guessed', () => {
    expect(ask('config-vector', '')).toBeUndefined();
  });

  test('a form that only later releases print settles what is the same in all of them', () => {
    expect(ask('config-vector', 'vio0 at virtio3: 1 queue, address bc:24:11:0e:51:07\n')).toBe('rewritten');
  });

  test('every entry names a fact that can be asked, and a word it can answer', () => {
    for (const entry of knowledge.drivers) {
      const fact = facts.get(`driver.${entry.fact}`);
      expect(Object.keys(fact?.words ?? {}), entry.fact).toContain(entry.word);
    }
  });
});

function ask(fact: string, text: string): string | undefined {
  const listing = 'vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tstatus: active\n';
  const capture: Capture = { name: 'guest.txt', side: 'guest', origin: 'file', text: `${text}${listing}` };
  expect(doctor([capture], null, knowledge).nics[0]?.name).toBe('vio0');
  const kase = join(readCapture(capture).samples, knowledge.drivers);
  const nic = kase.nics[0];
  const answer = nic && facts.get(`driver.${fact}`)?.read(nic, kase);
  return answer?.state === 'known' ? answer.value : undefined;
}
