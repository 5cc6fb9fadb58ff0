import type { Fact } from '../../model/case.ts';
import { readDriverTable } from '../driver-table.ts';

/** What is known of the driver in the guest's release: read from the tables in rules/drivers. */
export const driverFacts: readonly Fact[] = [
  driverFact('config-vector', 'Does this release write the configuration vector again after a reset?', {
    rewritten: 'this release writes the configuration vector again after each reset',
    'lost-on-up': 'this release loses the configuration vector at each `up`, because it resets the device',
    'not-used': 'this release has no MSI-X support for virtio',
  }),
  driverFact('ring-barriers', 'Has the ring code of this release its memory barriers?', {
    present: 'the ring code of this release has its memory barriers',
    missing: 'the ring code of this release lacks memory barriers (errata 5.5 and 5.6)',
  }),
  driverFact('send-restart', 'Does this release restart a full send queue properly?', {
    fixed: 'stuck OACTIVE is fixed in this release',
    'may-stick': 'in this release a full send queue can stay blocked',
  }),
  driverFact('receive-offload', 'Has the driver of this release receive offload?', {
    'on-by-default': 'receive offload is on by default in this release',
    'off-by-default': 'receive offload is off by default in this release',
    none: 'the driver of this release has no receive offload',
  }),
  driverFact('offload-switch', 'When does `ifconfig -txcsum` take effect in this release?', {
    'at-once': 'in this release a switch of ifconfig takes effect at once',
    'after-reset':
      'in this release -txcsum changes what ifconfig shows, and takes effect when the interface is next taken down and up',
  }),
  driverFact(
    'forwarded-checksums',
    'What does this release do with an unfinished checksum that it forwards?',
    {
      completed: 'this release completes the checksum of what it forwards',
      lost: 'this release takes an unfinished checksum for a verified one, and forwards it unfinished (PR 165059)',
    },
  ),
  driverFact('checksum-repair', 'Has this release hw.vtnet.fixup_needs_csum?', {
    tunable: 'this release has the loader tunable hw.vtnet.fixup_needs_csum',
    none: 'this release has no hw.vtnet.fixup_needs_csum',
  }),
  driverFact('tso-without-checksum', 'Does TSO go off with -txcsum in this release?', {
    dropped: 'in this release TSO stays on after -txcsum, and such packets are dropped',
    follows: 'in this release TSO goes off together with the transmit checksum',
  }),
  driverFact('modern-device', 'Does this release drive virtio 1.0 only devices?', {
    driven: 'this release drives virtio 1.x devices',
    'not-driven': 'this release drives legacy and transitional devices only: it does not see 1af4:1041',
  }),
  driverFact('event-index-switch', 'Can the event index be switched off in the guest?', {
    none: 'the driver always takes the event index when the host offers it: only the host can switch it off',
  }),
  driverFact('multiqueue', 'Has the driver of this release several queue pairs?', {
    yes: 'this release uses several queue pairs when the host offers them',
    no: 'this release uses one queue pair',
  }),
  driverFact('promisc-flag', 'Has this release the flag against the QEMU VLAN bug?', {
    yes: 'this release knows flag 0x100',
    no: 'this release does not know flag 0x100',
  }),
];

function driverFact(name: string, asks: string, words: Record<string, string>): Fact {
  return { name: `driver.${name}`, asks, words, read: (nic, kase) => readDriverTable(name, nic, kase) };
}
