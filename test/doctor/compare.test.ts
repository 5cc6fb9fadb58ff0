import { expect, test } from 'vitest';
import { compare } from '../../src/doctor.ts';
import { comparisonText } from '../../src/report/comparison-text.ts';
import { knowledge, readCase } from '../cases.ts';

const before = readCase('no-carrier-vlan-40').captures;
const after = readCase('healthy-openbsd-7.8').captures;

test('a fault is gone when a line of the second collection says so', () => {
  const comparison = compare(before, after, knowledge);
  expect(comparison.verdict).toBe('fixed');
  const fate = comparison.fates.find(({ finding }) => finding.nic === 'vio1');
  expect(fate).toMatchObject({ fate: 'gone', finding: { fault: 'interface-down' } });
  expect(fate?.because[0]?.line.sample).toBe('guest/ifconfig.txt');
  expect(comparison.changes.find(({ fact, nic }) => fact === 'nic.up' && nic === 'vio1')).toMatchObject({
    before: { word: 'no' },
    after: { word: 'yes' },
  });
});

test('a cause that is gone takes the fault with it, whatever the symptom', () => {
  const comparison = compare(readCase('proxmox-link-down').captures, after, knowledge);
  expect(comparison.fates[0]).toMatchObject({ fate: 'gone', finding: { fault: 'link-down-by-host' } });
});

test('without the capture that would tell, it cannot tell, and asks', () => {
  const blind = after.filter(({ name }) => !name.includes('ifconfig'));
  const comparison = compare(before, blind, knowledge);
  expect(comparison.verdict).toBe('unclear');
  const fate = comparison.fates.find(({ finding }) => finding.nic === 'vio1');
  expect(fate?.fate).toBe('unclear');
  expect(fate?.ask.map(({ command }) => command).join()).toContain('ifconfig');
});

test('the same again is not fixed; the other way round the fault is new', () => {
  expect(compare(before, before, knowledge).verdict).toBe('not-fixed');
  const worse = compare(after, before, knowledge);
  expect(worse.fates.map(({ fate }) => fate)).toContain('new');
  expect(comparisonText(worse)).toMatch(/^Not fixed\.\n\nNEW: interface-down/);
});

test('a NIC that a fix gave another name is the same by its MAC', () => {
  const renamed = before.map((capture) =>
    capture.name === 'guest/ifconfig.txt'
      ? {
          ...capture,
          text: capture.text
            .replaceAll('vio1', 'em0')
            .replace('flags=2008802<BROADCAST,SIMPLEX', 'flags=2008843<UP,BROADCAST,RUNNING,SIMPLEX')
            .replace('no carrier', 'active'),
        }
      : capture,
  );
  const text = 'net1: e1000=C2:8A:93:59:9A:0A,bridge=vmbr1,tag=40\n';
  const config = { name: 'host/qm-config.txt', side: 'host', origin: 'file', text } as const;
  const listing = [...renamed.filter(({ name }) => name === 'guest/ifconfig.txt'), config];
  const comparison = compare(before, listing, knowledge);
  const fate = comparison.fates.find(({ finding }) => finding.nic === 'vio1');
  expect(fate).toMatchObject({ fate: 'gone', finding: { fault: 'interface-down' } });
  expect(fate?.because[0]?.line.text).toMatch(/^em0: flags=/);
});

test('a collection that is cut says so', () => {
  const cut = after.map((capture) => ({
    ...capture,
    problems: [{ code: 'sample-cut-short' as const, says: 'It ends too early.', at: [] }],
  }));
  const comparison = compare(before, cut.slice(0, 1), knowledge);
  expect(comparison.problems).toMatchObject([{ of: 'after', problem: { code: 'sample-cut-short' } }]);
  expect(comparisonText(comparison)).toMatch(
    /\n\nTAKE NOTE\n {2}the second collection: It ends too early\.\n$/,
  );
});

test('two empty collections are no proof of anything', () => {
  expect(compare([], [], knowledge).verdict).toBe('unclear');
});
