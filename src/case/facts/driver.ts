import type { Case, DriverEntry, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { guestOs } from '../guest-os.ts';
import { findThing } from '../look-up.ts';
import { compareReleases } from '../release.ts';

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
  driverFact('receive-offload', 'Has vio(4) of this release receive offload?', {
    'on-by-default': 'receive offload is on by default in this release',
    none: 'vio(4) of this release has no receive offload',
  }),
  driverFact('promisc-flag', 'Has this release the flag against the QEMU VLAN bug?', {
    yes: 'this release knows flag 0x100',
    no: 'this release does not know flag 0x100',
  }),
];

function driverFact(name: string, asks: string, words: Record<string, string>): Fact {
  return { name: `driver.${name}`, asks, words, read: (nic, kase) => readTable(name, nic, kase) };
}

/** The word that holds for every release the guest may have; unknown when the table differs within that range. */
function readTable(name: string, nic: Nic, kase: Case): Known<string> {
  const os = valueIn(guestOs(nic, kase));
  const driver = valueIn(nic.guest?.says.driver) ?? /^[a-z]+/.exec(nic.name)?.[0];
  const span = releaseSpan(kase);
  if (!span) return unknown;
  const entries = kase.drivers.filter(
    (entry) => entry.os === os && entry.driver === driver && entry.fact === name,
  );
  const first = entries.find((entry) => covers(entry, span.from ?? '0'));
  const last = entries.find((entry) => covers(entry, span.to ?? '9999'));
  if (!first || first.word !== last?.word) return unknown;
  return known(first.word, span.at);
}

type Span = { from?: string; to?: string; at: Lines };

function releaseSpan(kase: Case): Span | undefined {
  const says = findThing(kase, 'guest', 'system', '')?.says;
  if (says?.release?.state === 'known') {
    return { from: says.release.value, to: says.release.value, at: says.release.at };
  }
  const from = says?.releaseAtLeast?.state === 'known' ? says.releaseAtLeast : undefined;
  const to = says?.releaseAtMost?.state === 'known' ? says.releaseAtMost : undefined;
  const at = from?.at ?? to?.at;
  return at && { ...(from && { from: from.value }), ...(to && { to: to.value }), at };
}

function covers(entry: DriverEntry, release: string): boolean {
  if (entry.from !== undefined && compareReleases(release, entry.from) < 0) return false;
  return entry.to === undefined || compareReleases(release, entry.to) <= 0;
}
