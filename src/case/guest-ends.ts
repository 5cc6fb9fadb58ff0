import type { Case, Nic, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import type { Os } from '../model/sighting.ts';
import { VIRTUAL_MAC } from '../model/words.ts';
import { driverless, isNetwork } from './guest-devices.ts';
import { allThings, findThing, thingsWith } from './look-up.ts';
import { EMULATED_DRIVERS, isNicName, LINUX_NIC, VIRTIO_DRIVERS } from './nic-names.ts';
import { oncePerCase } from './once-per-case.ts';

type Things = Pick<Case, 'things'>;

const EMULATED_BY_LINUX_NAME = new Set(['e1000', 'e1000e', '8139cp', 'vmxnet3', 'pcnet32', 'ne2k-pci']);

/** The NICs the guest shows, or should show: an interface, or a start-up file that names one. */
export function guestEnds(kase: Things): Nic[] {
  const ends = nicsOf(kase).map((guest) => guestEnd(kase, guest));
  const used = new Set(ends.flatMap(({ name, file }) => [name, file?.id]));
  const orphans = allThings(kase, 'interfaceFile', 'guest').filter(
    (file) => !used.has(file.id) && isNicName(file.id) && (ends.length > 0 || isMissing(kase, file.id)),
  );
  return [
    ...ends,
    ...orphans.map((file): Nic => ({ name: file.id, file, joined: [] })),
    ...driverless(kase, ends),
  ];
}

function guestEnd(kase: Things, guest: Thing<'interface'>): Nic {
  const device = valueIn(guest.says.device);
  const virtio = device === undefined ? onlyVirtio(kase, guest) : findThing(kase, 'guest', 'virtio', device);
  const slot = valueIn(virtio?.says.pci);
  const pci = slot === undefined ? onlyNicPci(kase) : findThing(kase, 'guest', 'pci', slot);
  const file = fileOf(kase, guest);
  return {
    name: guest.id,
    guest,
    ...(virtio && { virtio }),
    ...(pci && { pci }),
    ...(file && { file }),
    joined: [],
  };
}

const nicsOf = oncePerCase((kase: Things) =>
  allThings(kase, 'interface', 'guest').filter((thing) => isNic(kase, thing)),
);

function isNic(kase: Things, thing: Thing<'interface'>): boolean {
  const told = valueIn(thing.says.driver);
  const driver = told ?? /^[a-z]+/.exec(thing.id)?.[0] ?? '';
  if (VIRTIO_DRIVERS.has(driver)) return true;
  const mac = valueIn(thing.says.mac);
  const mayBeVirtual = isVirtual(kase) || VIRTUAL_MAC.test(mac ?? '') || isOfVm(kase, mac);
  if (EMULATED_BY_LINUX_NAME.has(driver)) return mayBeVirtual;
  if (told === undefined && LINUX_NIC.test(thing.id) && isSpokenOf(kase, thing)) return true;
  if (isSystem(kase, 'windows')) return isWindowsCard(thing);
  if (!isSystem(kase, 'linux')) return EMULATED_DRIVERS.has(driver) && mayBeVirtual;
  // A Linux listing without drivers: an Ethernet card by its name, of a machine that is not known to be real.
  if (told !== undefined || thing.says.parent !== undefined) return false;
  if (LINUX_NIC.test(thing.id) && mayBeVirtual) return true;
  return mayBeCard(thing.id) && isComplainedOf(kase);
}

/** The configuration of a VM has this MAC. */
function isOfVm(kase: Things, mac: string | undefined): boolean {
  return mac !== undefined && allThings(kase, 'vmNic', 'host').some(({ says }) => valueIn(says.mac) === mac);
}

/** Names of cards that somebody chose (net0, lan, lima0); not those of bridges, tunnels, containers and wireless cards. */
function mayBeCard(name: string): boolean {
  return LINUX_NIC.test(name) || /^(?:net|lan|wan|nic|lima|vmnic|ether)\d{0,2}$/.test(name);
}

/** Somebody has trouble, and this is what he shows. */
function isComplainedOf(kase: Things): boolean {
  const complaint = valueIn(findThing(kase, 'unknown', 'complaint', '')?.says.kind);
  return complaint !== undefined && complaint !== 'none' && !isReal(kase);
}

/** The firmware's name is known, and it is no hypervisor's. */
function isReal(kase: Things): boolean {
  const system = findThing(kase, 'guest', 'system', '')?.says;
  return system?.product?.state === 'known' && system.hypervisor?.state !== 'known';
}

/** A log that complains of a card, or of how it gets its address, is about it; unless the machine is known to be real. */
function isSpokenOf(kase: Things, { id }: Thing<'interface'>): boolean {
  if (isReal(kase)) return false;
  return thingsWith(kase, 'message', 'guest', 'device', id).some(
    ({ says }) => !/^(?:link-|renamed)/.test(valueIn(says.code) ?? ''),
  );
}

const isVirtual = oncePerCase((kase: Things): boolean => {
  const system = findThing(kase, 'guest', 'system', '');
  if (valueIn(system?.says.hypervisor) !== undefined) return true;
  const interfaces = allThings(kase, 'interface', 'guest');
  return (
    interfaces.some(
      ({ id, says }) => /^(?:vio|vtnet|vioif)\d/.test(id) || VIRTIO_DRIVERS.has(valueIn(says.driver) ?? ''),
    ) ||
    allThings(kase, 'virtio', 'guest').length > 0 ||
    allThings(kase, 'pci', 'guest').some(({ says }) => /^virtio/.test(valueIn(says.driver) ?? ''))
  );
});

/** ipconfig without /all shows no more of an adapter than the name that Windows gave it. */
function isWindowsCard({ id, says }: Thing<'interface'>): boolean {
  const isBare = says.model === undefined && says.driver === undefined;
  return isBare && /^(?:Ethernet|Local Area Connection|LAN-Verbindung)(?:\d{0,2}| \d{1,2})$/.test(id);
}

function isSystem(kase: Things, os: Os): boolean {
  return valueIn(findThing(kase, 'guest', 'system', '')?.says.os) === os;
}

function onlyNicPci(kase: Things): Thing<'pci'> | undefined {
  const nics = allThings(kase, 'pci', 'guest');
  return nics.length === 1 && nicsOf(kase).length === 1 ? nics[0] : undefined;
}

/** A listing without the device behind it: one interface and one virtio device, not known to be of another kind, belong together. */
function onlyVirtio(kase: Things, guest: Thing<'interface'>): Thing<'virtio'> | undefined {
  const driver = valueIn(guest.says.driver);
  if (driver !== undefined && !VIRTIO_DRIVERS.has(driver)) return undefined;
  const [device, ...more] = networkDevices(kase);
  return device && more.length === 0 && nicsOf(kase).length === 1 ? device : byUnit(kase)[unitOf(guest.id)];
}

/** Those that say so; where none does, those that say nothing else. */
const networkDevices = oncePerCase((kase: Things) => {
  const all = allThings(kase, 'virtio', 'guest');
  const networks = all.filter(({ says }) => isNetwork(says.type));
  return networks.length > 0 ? networks : all.filter(({ says }) => says.type === undefined);
});

/** FreeBSD counts vtnetN in the order of the virtio_pciN they sit on (sys/kern/subr_bus.c): as many of the one as of the other. */
const byUnit = oncePerCase((kase: Things): readonly Thing<'virtio'>[] => {
  const devices = networkDevices(kase).filter(({ says }) => isNetwork(says.type));
  const units = nicsOf(kase)
    .map(({ id }) => unitOf(id))
    .sort((a, b) => a - b);
  const isWhole = units.every((unit, index) => unit === index) && units.length === devices.length;
  if (!isWhole || devices.some(({ id }) => Number.isNaN(unitOf(id)))) return [];
  return devices.sort((a, b) => unitOf(a.id) - unitOf(b.id));
});

function unitOf(id: string): number {
  return Number(/^(?:vtnet|virtio_pci)(\d{1,4})$/.exec(id)?.[1] ?? Number.NaN);
}

/** By its name, by the name that it had before or that a file gives it (FreeBSD: ifconfig_vtnet0_name), by its MAC. */
function fileOf(kase: Things, guest: Thing<'interface'>): Thing<'interfaceFile'> | undefined {
  const first = valueIn(guest.says.renamedFrom);
  return (
    findThing(kase, 'guest', 'interfaceFile', guest.id) ??
    (first === undefined ? undefined : findThing(kase, 'guest', 'interfaceFile', first)) ??
    thingsWith(kase, 'interfaceFile', 'guest', 'setName', guest.id)[0] ??
    // OpenBSD 7.3 and later: /etc/hostname.<lladdr>.
    thingsWith(kase, 'interfaceFile', 'guest', 'mac', valueIn(guest.says.mac))[0]
  );
}

/** The guest itself says that it does not have what its configuration names, or a BSD is to have an eth0. */
function isMissing(kase: Things, name: string): boolean {
  const os = valueIn(findThing(kase, 'guest', 'system', '')?.says.os);
  if (os?.endsWith('bsd') && LINUX_NIC.test(name)) return true;
  return findThing(kase, 'guest', 'message', `interface-missing ${name}`) !== undefined;
}
