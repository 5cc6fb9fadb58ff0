import { expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import { knowledge } from '../cases.ts';

// A capture or a log that names no NIC is still of one; a text that speaks of none gives none.
test('a DHCP log without a name is of the NIC', () => {
  const report = examine('dhclient[812]: No DHCPOFFERS received.\n');
  expect(report.nics.map(({ name }) => name)).toEqual(['the NIC']);
  expect(report.problems.map(({ says }) => says).join()).toContain('No output names the NIC');
});

test('a listing names its NIC, and no other is made up', () => {
  const listing = 'vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tstatus: active\n';
  const report = examine(`${listing}\ndhclient[812]: No DHCPOFFERS received.\n`);
  expect(report.nics.map(({ name }) => name)).toEqual(['vio0']);
});

test('a message of another device gives no NIC', () => {
  const report = examine(
    'virtio3 at pci0 dev 5 function 0 "Qumranet Virtio RNG" rev 0x00\nvirtio3: couldn\'t map interrupt\n',
  );
  expect(report.nics).toEqual([]);
  expect(report.ask.length).toBeGreaterThan(0);
});

function examine(text: string) {
  const capture: Capture = { name: 'paste', side: 'unknown', origin: 'pasted', text };
  return doctor([capture], null, knowledge);
}
