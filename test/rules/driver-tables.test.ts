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
});

const BEFORE = 'options=4c07bb<RXCSUM,TXCSUM,TSO4,TSO6,LRO,LINKSTATE>';
const REWORKED = 'options=ec07bb<RXCSUM,TXCSUM,TSO4,TSO6,LRO,LINKSTATE,HWSTATS>';
const vtnetEdges = [
  ['offload-switch', '9.2-RELEASE', 'at-once'],
  ['offload-switch', '9.3-RELEASE', 'after-reset'],
  ['offload-switch', '14.3-RELEASE-p2', 'after-reset'],
  ['offload-switch', '15.0-RELEASE', undefined],
  ['offload-switch', '15.1-RELEASE', 'at-once'],
  ['forwarded-checksums', '14.3-RELEASE', 'lost'],
  ['forwarded-checksums', '14.3-STABLE', undefined],
  ['forwarded-checksums', '15.1-RELEASE', 'completed'],
  ['checksum-repair', '12.4-RELEASE', 'none'],
  ['checksum-repair', '13.0-RELEASE', 'tunable'],
  ['checksum-repair', '16.0-CURRENT', 'none'],
  ['tso-without-checksum', '12.4-RELEASE', undefined],
  ['tso-without-checksum', '13.0-RELEASE', 'dropped'],
  ['receive-offload', '14.3-RELEASE', 'on-by-default'],
  ['receive-offload', '15.1-RELEASE', 'off-by-default'],
  ['modern-device', '12.4-RELEASE', 'not-driven'],
  ['modern-device', '13.0-RELEASE', 'driven'],
  ['multiqueue', '9.3-RELEASE', 'no'],
  ['multiqueue', '10.0-RELEASE', 'yes'],
  ['config-vector', '', 'rewritten'],
  ['event-index-switch', '', 'none'],
] as const;

describe('rules/drivers/freebsd-vtnet.yaml', () => {
  test.each(vtnetEdges)('%s in %s is %s', (fact, release, word) => {
    expect(askVtnet(fact, release)).toBe(word);
  });

  test('the options outrank the number: a product takes the rework over at another time', () => {
    expect(askVtnet('forwarded-checksums', '14.3-RELEASE-p5', REWORKED)).toBe('completed');
    expect(askVtnet('forwarded-checksums', '15.0-CURRENT', BEFORE)).toBe('lost');
    expect(askVtnet('forwarded-checksums', '', BEFORE)).toBe('lost');
    expect(askVtnet('offload-switch', '', BEFORE)).toBe('after-reset');
    expect(askVtnet('offload-switch', '', 'options=523<RXCSUM,TXCSUM,JUMBO_MTU,TSO4,LRO>')).toBeUndefined();
    expect(askVtnet('offload-switch', '', REWORKED)).toBe('at-once');
  });

  test('OPNsense tells by its own number', () => {
    const opnsense = (number: string) =>
      askVtnet('forwarded-checksums', '14.3-RELEASE-p5', '', `OPNsense ${number}-amd64\n`);
    expect(opnsense('25.7.7')).toBe('lost');
    expect(opnsense('25.7.8')).toBe('completed');
    expect(opnsense('25.10')).toBe('lost');
    expect(opnsense('25.10.1')).toBe('completed');
  });
});

const linuxEdges = [
  ['config-vector', '5.10.0-26-amd64', undefined],
  ['config-vector', '6.1.0-56-amd64', 'rewritten'],
  ['config-vector', '6.12.107+deb13', 'rewritten'],
  ['config-vector', '6.18.2', undefined],
  ['receive-offload', '6.12.107', 'on-by-default'],
  ['event-index-switch', '4.19.0', 'none'],
] as const;

describe('rules/drivers/linux-virtio-net.yaml', () => {
  test.each(linuxEdges)('%s in %s is %s', (fact, release, word) => {
    const log = 'virtio_net virtio0 ens18: renamed from eth0\n';
    expect(answer(fact, `Linux version ${release} (root@localhost) #1\n${log}`, 'ens18')).toBe(word);
  });
});

test('every entry names a fact that can be asked, and a word it can answer', () => {
  for (const entry of knowledge.drivers) {
    const fact = facts.get(`driver.${entry.fact}`);
    expect(Object.keys(fact?.words ?? {}), entry.fact).toContain(entry.word);
  }
});

function askVtnet(fact: string, release: string, options = '', product = ''): string | undefined {
  const version = release && `FreeBSD fw ${release} FreeBSD ${release} GENERIC amd64\n`;
  const head = 'vtnet0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500\n';
  return answer(fact, `${version}${product}${head}\t${options}\n\tether bc:24:11:00:00:01\n`, 'vtnet0');
}

function ask(fact: string, text: string): string | undefined {
  const listing = 'vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tstatus: active\n';
  return answer(fact, `${text}${listing}`, 'vio0');
}

function answer(fact: string, text: string, name: string): string | undefined {
  const capture: Capture = { name: 'guest.txt', side: 'guest', origin: 'file', text };
  expect(doctor([capture], null, knowledge).nics[0]?.name).toBe(name);
  const kase = join(readCapture(capture).samples, knowledge.drivers);
  const nic = kase.nics[0];
  const known = nic && facts.get(`driver.${fact}`)?.read(nic, kase);
  return known?.state === 'known' ? known.value : undefined;
}

const vioifEdges = [
  ['config-vector', '7.2', 'not-used'],
  ['config-vector', '9.3', undefined],
  ['config-vector', '10.0', 'rewritten'],
  ['modern-device', '7.2', 'not-driven'],
  ['modern-device', '10.1', 'driven'],
  ['receive-offload', '9.3', 'none'],
  ['event-index-switch', '9.3', undefined],
  ['event-index-switch', '11.0', 'none'],
] as const;

describe('rules/drivers/netbsd-vioif.yaml', () => {
  test.each(vioifEdges)('%s in %s is %s', (fact, release, word) => {
    const version = `NetBSD ${release} (GENERIC) #0: Mon Dec 16 13:08:11 UTC 2024\n`;
    const attach = 'vioif0 at virtio0: features: 0x10020<STATUS,MAC>\n';
    expect(answer(fact, version + attach, 'vioif0')).toBe(word);
  });
});
