import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { caseNames, knowledge, readCase } from '../cases.ts';

// Cases made of what a real guest and a real QEMU printed while one fault was made on purpose: where packets got lost is known.
const LOST: Readonly<Record<string, readonly string[]>> = {
  'lab-config-vector-link-off': ['from-guest at virtio0', 'to-guest at virtio0'],
  'lab-config-vector-lost': ['from-guest at eth0'],
  'lab-config-vector-vhost': ['from-guest at eth0'],
  'lab-device-reset': ['from-guest at net0', 'to-guest at net0'],
  'lab-device-stopped': ['from-guest at virtio0', 'to-guest at virtio0'],
  'lab-driver-dependency': ['from-guest at net0', 'to-guest at net0'],
  'lab-driver-not-loaded': ['from-guest at net0', 'to-guest at net0'],
  'lab-e1000-link-down': ['from-guest at eth0'],
  'lab-interface-down': ['from-guest at eth0', 'to-guest at eth0'],
  'lab-link-down': ['from-guest at eth0', 'to-guest at virtio0'],
  'lab-link-down-intx': ['from-guest at eth0', 'to-guest at virtio0'],
  'lab-mac-filter-nft': ['from-guest at vmbr0'],
  'lab-mac-filter-port-closed': ['to-guest at vmbr0'],
  'lab-masked-vector': ['to-guest at virtio0'],
  'lab-nics-crossed': ['from-guest at eth1', 'to-guest at eth1'],
  'lab-nics-in-order': ['from-guest at eth1', 'to-guest at eth1'],
  'lab-ring-lost-interrupt': ['to-guest at virtio0'],
  'lab-stp-bpdu-guard': ['from-guest at vmbr0', 'to-guest at vmbr0'],
  'lab-stp-listening': ['from-guest at vmbr0', 'to-guest at vmbr0'],
  'lab-tap-down': ['from-guest at tap100i0', 'to-guest at tap100i0'],
  'lab-tap-not-in-bridge': ['from-guest at bridge ?', 'to-guest at bridge ?'],
  'lab-tx-lost-interrupt': ['from-guest at virtio0'],
  'lab-vlan-missing-on-uplink': ['from-guest at veth1', 'to-guest at veth1'],
  'lab-vlan-pvid-wrong': ['to-guest at vmbr0'],
  'lab-vlan-tagged-to-untagged-guest': ['to-guest at virtio0'],
  'lab-vm-paused': ['from-guest at net0', 'to-guest at net0'],
};

describe.each(caseNames.filter((name) => name.startsWith('lab-')))('%s', (name) => {
  const { captures, complaint } = readCase(name);

  test('packets get lost where they were made to, and nowhere else', () => {
    expect(lostIn(captures, complaint)).toEqual(LOST[name] ?? []);
  });

  test('one machine alone claims no other place', () => {
    for (const side of ['guest', 'host'] as const) {
      const alone = lostIn(
        captures.filter((capture) => capture.side === side),
        complaint,
      );
      // The host calls the device by QEMU's name, and does not see that the guest itself sends nothing.
      const known = (LOST[name] ?? []).flatMap((place) => [
        place,
        place.replace(/ at (?:virtio|eth|net)\d$/, ' at net0'),
        place.replace(/ at net\d$/, ' at device'),
      ]);
      for (const one of alone) expect(known).toContain(one);
    }
  });
});

function lostIn(
  ...[captures, complaint]: [Parameters<typeof doctor>[0], Parameters<typeof doctor>[1]]
): string[] {
  return doctor(captures, complaint, knowledge).nics.flatMap(({ vanish }) =>
    vanish.map(({ direction, hop, after, before }) =>
      hop === null ? `${direction} between ${after} and ${before}` : `${direction} at ${hop}`,
    ),
  );
}
