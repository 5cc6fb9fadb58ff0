import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { guestOs } from '../guest-os.ts';
import { allThings, findThing } from '../look-up.ts';
import { readAddress } from './addressing.ts';
import { readHostKind } from './host-kind.ts';

/** Of the guest, the host and the person as a whole. */
export const machineFacts: readonly Fact[] = [
  {
    name: 'guest.os',
    asks: 'Which system does the guest run?',
    words: {
      openbsd: 'the guest runs OpenBSD',
      freebsd: 'the guest runs FreeBSD',
      netbsd: 'the guest runs NetBSD',
      dragonfly: 'the guest runs DragonFly',
      linux: 'the guest runs Linux',
      windows: 'the guest runs Windows',
    },
    read: guestOs,
  },
  {
    name: 'guest.product',
    asks: 'Is the guest a product with a configuration of its own?',
    words: {
      pfsense: 'the guest is pfSense: it keeps its configuration in config.xml',
      opnsense: 'the guest is OPNsense: it keeps its configuration in config.xml',
      none: 'the guest runs another system than pfSense and OPNsense do',
    },
    read: readProduct,
  },
  {
    name: 'guest.release-era',
    asks: 'Which generation of OpenBSD does the guest run?',
    words: {
      'before-6.2': 'OpenBSD before 6.2: a hand-edited kernel stays as it is',
      karl: 'OpenBSD 6.2 to 6.9: KARL relinks the kernel at boot unless it was edited by hand',
      're-config': 'OpenBSD 7.0 or later: bsd.re-config(5) keeps kernel changes',
    },
    read: readEra,
  },
  {
    name: 'guest.forwards',
    asks: 'Does the guest route or bridge?',
    words: { yes: 'the guest forwards packets', no: 'the guest does not forward packets' },
    read: readForwards,
  },
  {
    name: 'guest.other-nic',
    asks: 'Has the guest a NIC that no start-up file names?',
    words: {
      'unnamed-down': 'the guest has another NIC, which no start-up file names and which is not up',
      unnamed: 'the guest has another NIC, which no start-up file names',
      'unnamed-working': 'the guest has another NIC, which no start-up file names, and which has an address',
      none: 'every NIC of the guest has its start-up file',
    },
    read: readOtherNic,
  },
  {
    name: 'host.os',
    asks: 'Which system does the host run?',
    words: {
      openbsd: 'the host runs OpenBSD',
      freebsd: 'the host runs FreeBSD',
      netbsd: 'the host runs NetBSD',
      dragonfly: 'the host runs DragonFly',
      linux: 'the host runs Linux',
      windows: 'the host runs Windows',
    },
    read: (_, kase) => mapKnown(findThing(kase, 'host', 'system', '')?.says.os, (os) => os),
  },
  {
    name: 'host.kind',
    asks: 'What runs the VM?',
    words: {
      proxmox: 'the host is Proxmox VE',
      libvirt: 'the host runs libvirt',
      qemu: 'the host runs QEMU',
      vmd: 'the host is OpenBSD vmd(8)',
      bhyve: 'the host runs bhyve(8)',
      other: 'the host is another hypervisor',
    },
    read: readHostKind,
  },
  {
    name: 'host.forwarding',
    asks: 'Does the host forward packets?',
    words: { on: 'the host forwards IPv4 packets', off: 'the host does not forward IPv4 packets' },
    read: (_, kase) => mapKnown(readForwarding(kase, 'host'), (answer) => (answer === 'yes' ? 'on' : 'off')),
  },
];

/** Both products are made of FreeBSD: any other system is neither of them. */
function readProduct(nic: Nic, kase: Case): Known<string> {
  const other = mapKnown(guestOs(nic, kase), (os) => (os === 'freebsd' ? undefined : 'none'));
  return findThing(kase, 'guest', 'system', '')?.says.distribution ?? other;
}

/** A port of a bridge (not of a trunk), a firewall product, rules that translate addresses, or the kernel's own switch. */
function readForwards(nic: Nic, kase: Case): Known<string> {
  const master = mapKnown(nic.guest?.says.master, (name) =>
    /^(?:lagg|bond|team|trunk|aggr)\d/.test(name) ? undefined : 'yes',
  );
  const product = findThing(kase, 'guest', 'system', '')?.says.distribution;
  const rule = allThings(kase, 'natRule', 'guest')[0];
  return firstKnown(
    master,
    readForwarding(kase, 'guest'),
    mapKnown(product, () => 'yes'),
    rule && known('yes', rule.at),
  );
}

function readOtherNic(nic: Nic, kase: Case): Known<string> {
  const others = kase.nics.filter((other) => other.guest && other.name !== nic.name);
  const bare = others.filter((other) => !other.file);
  const down = bare.find((other) => valueIn(other.guest?.says.up) === false)?.guest;
  if (down)
    return known(
      'unnamed-down',
      down.says.up?.state === 'known' ? [down.at[0], ...down.says.up.at] : down.at,
    );
  const idle = bare.find((other) => valueIn(readAddress(other, kase)) !== 'present')?.guest;
  if (idle) return known('unnamed', idle.at);
  const first = bare[0]?.guest ?? others[0]?.guest;
  return first ? known(bare[0] ? 'unnamed-working' : 'none', first.at) : unknown;
}

function readEra(nic: Nic, kase: Case): Known<string> {
  if (valueIn(guestOs(nic, kase)) !== 'openbsd') return unknown;
  const says = findThing(kase, 'guest', 'system', '')?.says;
  const era = (release: string) => {
    const [major = 0, minor = 0] = release.split('.').map(Number);
    if (major >= 7) return 're-config';
    return major === 6 && minor >= 2 ? 'karl' : 'before-6.2';
  };
  return firstKnown(
    mapKnown(says?.release, era),
    mapKnown(says?.releaseAtLeast, (release) => (era(release) === 're-config' ? 're-config' : undefined)),
    mapKnown(says?.releaseAtMost, (release) => (era(release) === 'before-6.2' ? 'before-6.2' : undefined)),
  );
}

export function readForwarding(kase: Case, side: 'guest' | 'host'): Known<string> {
  const setting =
    findThing(kase, side, 'setting', 'net.inet.ip.forwarding') ??
    findThing(kase, side, 'setting', 'net.ipv4.ip_forward');
  return mapKnown(setting?.says.value, (value) =>
    value.trim() === '1' ? 'yes' : value.trim() === '0' ? 'no' : undefined,
  );
}
