import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { findThing, thingsWith } from '../look-up.ts';
import { NET_STATUS, register } from '../registers.ts';
import { compareReleases } from '../release.ts';
import { readConfigVector } from './config-vector.ts';
import { readHostKind } from './host-kind.ts';
import { localInterface } from './host-path.ts';
import { readModel } from './model.ts';

/** What the host's configuration, tap and bridge say of the NIC. */
export const hostFacts: readonly Fact[] = [
  {
    name: 'host.link-set',
    asks: "Does the VM's configuration unplug the cable of {nic}?",
    words: {
      up: "the VM's configuration has the link of {nic} up",
      down: "the VM's configuration has the link of {nic} down (link_down=1, link state='down')",
    },
    read: (nic) => mapKnown(nic.host?.vmNic?.says.linkDown, (down) => (down ? 'down' : 'up')),
  },
  {
    name: 'host.cable',
    asks: 'Is the virtual cable of {nic} plugged in on the host?',
    words: {
      plugged: 'the virtual cable of {nic} is plugged in',
      unplugged: 'the host has unplugged the virtual cable of {nic}',
      'told-down': 'the device told {nic} that its cable is unplugged, and still says so',
      fixed: 'bhyve and vmd have no way to unplug the virtual cable of {nic}',
    },
    read: readCable,
  },
  {
    name: 'host.model',
    asks: 'Which NIC model does the host give?',
    words: {
      virtio: 'the host gives {nic} as virtio',
      e1000: 'the host gives {nic} as an Intel e1000',
      other: 'the host gives {nic} as another model',
    },
    read: readModel,
  },
  {
    name: 'host.tap',
    asks: 'Does QEMU hold the tap of {nic} open?',
    words: {
      held: 'a process holds the tap of {nic} open',
      'nobody-holds':
        'no process holds the tap of {nic} open: the VM does not run, or was started without this NIC',
      down: 'the tap of {nic} is down on the host',
    },
    read: readTap,
  },
  {
    name: 'host.qemu-age',
    asks: 'Is this QEMU older than 2.0?',
    words: {
      'before-2.0': 'this QEMU is older than 2.0 and filters VLANs without being asked',
      later: 'this QEMU is 2.0 or newer',
    },
    read: readQemuAge,
  },
  {
    name: 'host.local-interface',
    asks: 'Is {nic} a local interface of vmd (100.64.0.0/10)?',
    words: {
      yes: '{nic} is a local interface of vmd: vmd itself gave it an address of 100.64.0.0/10',
      no: '{nic} is no local interface of vmd',
    },
    read: readLocalInterface,
  },
];

/**
 * The link of a tap behind bhyve(8) or vmd(8) is always up (usr.sbin/bhyve/pci_virtio_net.c; usr.sbin/vmd offers no STATUS).
 * Elsewhere the device's own register, else what the guest shows, unless it cannot have heard of a change; beside a link, a link_down of the
 * configuration is pending, or taken back in the monitor. A configuration without link_down proves nothing: `set_link` leaves no
 * trace there. A running VM's XML has the state of now, and speaks where nobody looked into the guest.
 */
export function readCable(nic: Nic, kase: Case): Known<string> {
  const status = register(nic, kase, NET_STATUS);
  if (status.state === 'known') return known(status.value & 1 ? 'plugged' : 'unplugged', status.at);
  const link = nic.guest?.says.link;
  const kind = readHostKind(nic, kase);
  if (kind.state === 'known' && (kind.value === 'vmd' || kind.value === 'bhyve'))
    return link?.state === 'known' && link.value === 'active'
      ? known('plugged', link.at)
      : known('fixed', kind.at);
  const byVtnet = readVtnetCable(nic);
  if (byVtnet.state === 'known') return byVtnet;
  const { linkDown: down, isLive } = nic.host?.vmNic?.says ?? {};
  if (link?.state !== 'known' && down?.state === 'known' && down.value && isLive?.state === 'known')
    return known('unplugged', [down.at[0], isLive.at[0]]);
  if (link?.state !== 'known' || valueIn(readConfigVector(nic, kase)) === 'lost') return unknown;
  if (link.value === 'active') return known('plugged', link.at);
  return down?.state === 'known' && down.value ? known('unplugged', [down.at[0], link.at[0]]) : unknown;
}

/**
 * vtnet(4) of FreeBSD and DragonFly: ifconfig reads the device's own status register (vtnet_ifmedia_sts, vtnet_is_link_up), the log
 * what the device told by its interrupt.
 */
function readVtnetCable(nic: Nic): Known<string> {
  const { driver, up, link, linkEvent } = nic.guest?.says ?? {};
  if (valueIn(driver) !== 'vtnet' && !/^vtnet\d/.test(nic.name)) return unknown;
  if (link?.state !== 'known' || linkEvent?.state !== 'known' || !valueIn(up)) return unknown;
  const isDown = link.value === 'no-carrier' && linkEvent.value === 'down';
  return isDown ? known('told-down', [link.at[0], linkEvent.at[0]]) : unknown;
}

/** tun(4) of Linux: a tap has carrier only while a process holds it open. */
export function readTap(nic: Nic, kase: Case): Known<string> {
  const { link, up } = nic.host?.tap?.says ?? {};
  if (up?.state === 'known' && !up.value) return known('down', up.at);
  const set = nic.host?.vmNic?.says.up;
  if (set?.state === 'known' && !set.value && up === undefined) return known('down', set.at);
  const [holder] = thingsWith(kase, 'process', 'host', 'holds', nic.host?.tapName);
  return firstKnown(
    mapKnown(link, (state) => (state === 'active' ? 'held' : 'nobody-holds')),
    holder ? known('held', holder.at) : unknown,
  );
}

function readQemuAge(_: Nic, kase: Case): Known<string> {
  const says = findThing(kase, 'host', 'system', '')?.says;
  const qemu = mapKnown(says?.qemu, (version) =>
    compareReleases(version.replace(/[^\d.].*$/, ''), '2.0') < 0 ? 'before-2.0' : 'later',
  );
  // Proxmox VE 4 shipped QEMU 2.4; the VLAN-aware bridge that names taps came later still.
  const proxmox = mapKnown(says?.proxmox, (version) =>
    compareReleases(version.replace(/[^\d.].*$/, ''), '4') >= 0 ? 'later' : undefined,
  );
  return firstKnown(qemu, proxmox);
}

function readLocalInterface(nic: Nic, kase: Case): Known<string> {
  const local = localInterface(nic, kase);
  if (local.state === 'known') return known('yes', local.at);
  for (const side of ['guest', 'host'] as const) {
    const name = side === 'guest' ? nic.name : nic.host?.tapName;
    const own = thingsWith(kase, 'address', side, 'interface', name).find(
      ({ says }) => valueIn(says.family) === 'inet',
    );
    if (own) return known('no', own.at);
  }
  // vmd gives the tap of a local interface its address before the guest starts; ifconfig lists it below `status:`.
  const { description, link } = nic.host?.tap?.says ?? {};
  return firstKnown(
    mapKnown(nic.host?.vmNic?.says.local, () => 'no'),
    description ? mapKnown(link, () => 'no') : unknown,
  );
}
