import type { Case, HostEnd, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { bhyveSlot } from './bhyve-slot.ts';
import { allThings, findThing } from './look-up.ts';
import { isTapOf, LIBVIRT_TAP } from './nic-mac.ts';
import { qemuNicsOf } from './qemu-nics.ts';
import { vmNicsOf } from './vm-nics.ts';
import { vmdSlot } from './vmd-slot.ts';

type Things = Pick<Case, 'things'>;
type Draft = { -readonly [P in keyof HostEnd]: HostEnd[P] | undefined };

/**
 * The host's ends of NICs, each put together from its VM configuration, tap, bridge port and QEMU device.
 * Proxmox: tap<VMID>i<N> is netN of VMID (qemu-server QemuServer.pm); with its firewall bridge the VLAN sits on fwpr<VMID>p<N>.
 */
export function hostEnds(kase: Things): HostEnd[] {
  const ends = new Map<string, Draft>();
  const at = (key: string): Draft => {
    const end = ends.get(key) ?? {};
    ends.set(key, end);
    return end;
  };
  for (const vmNic of vmNicsOf(kase)) Object.assign(at(vmNic.id), { vmNic, ...slotOf(vmNic) });
  for (const typedNic of allThings(kase, 'typedNic')) {
    const tapName = valueIn(typedNic.says.tap);
    const named = [...ends.values()].find((end) => tapName !== undefined && end.tapName === tapName);
    const end = named ?? at(typedNic.id);
    Object.assign(end, {
      typedNic,
      ...(tapName && { tapName }),
      vm: end.vm ?? valueIn(typedNic.says.vm),
      index: end.index ?? valueIn(typedNic.says.index),
    });
  }
  addTaps(kase, ends, at);
  addQemuNics(kase, ends, at);
  adoptNameless(ends);
  addPciById(kase, ends);
  return [...ends.values()].map((end) => clean({ ...end, tapName: end.tapName ?? tapByRule(end) }));
}

/** Proxmox names the tap of netN after its VM, whether a listing shows it or not. */
function tapByRule({ vm, index, vmNic, typedNic }: Draft): string | undefined {
  if (vmNic && valueIn(vmNic.says.manager) !== 'proxmox') return undefined;
  if (typedNic?.says.local) return undefined;
  return vm !== undefined && index !== undefined && (vmNic ?? typedNic) ? `tap${vm}i${index}` : undefined;
}

function slotOf(vmNic: Thing<'vmNic'>): Draft {
  const vm = valueIn(vmNic.says.vm);
  const index = valueIn(vmNic.says.index);
  const tapName = valueIn(vmNic.says.tap);
  return { ...(vm && { vm }), ...(index !== undefined && { index }), ...(tapName && { tapName }) };
}

const TAP = /^tap(\d{1,9})i(\d{1,2})$/;
const FIREWALL_PORT = /^fwpr(\d{1,9})p(\d{1,2})$/;

function addTaps(kase: Things, ends: Map<string, Draft>, at: (key: string) => Draft): void {
  const names = new Set<string>();
  for (const { id } of [...allThings(kase, 'interface', 'host'), ...allThings(kase, 'port')]) names.add(id);
  for (const { says } of allThings(kase, 'portVlan')) names.add(valueIn(says.port) ?? '');
  for (const name of names) {
    const tap = TAP.exec(name);
    const wall = FIREWALL_PORT.exec(name);
    const [, vm, index] = tap ?? wall ?? [];
    const shown = findThing(kase, 'host', 'interface', name);
    const named = vm === undefined ? endOfTap(name, shown, ends) : undefined;
    const slot = vmdSlot(shown);
    const own = bhyveSlot(shown) ?? (vm === undefined ? undefined : { vm, index: Number(index) });
    if (!named && !own && !slot && !isTapName(name)) continue;
    const key = slot ? `${slot.vm}/if${slot.index}` : own ? `${own.vm}/net${own.index}` : name;
    const end = named ?? at(key);
    Object.assign(end, own, slot);
    if (wall) Object.assign(end, { portName: name, port: findThing(kase, 'host', 'port', name) });
    else {
      end.tapName = name;
      end.tap = shown;
      if (!end.portName) Object.assign(end, { portName: name, port: findThing(kase, 'host', 'port', name) });
    }
  }
}

/** The end whose configuration names the interface; else the one whose MAC the tap's was made from. */
function endOfTap(
  name: string,
  tap: Thing<'interface'> | undefined,
  ends: Map<string, Draft>,
): Draft | undefined {
  const named = [...ends.values()].find((end) => end.tapName === name);
  if (named) return named;
  const same = [...ends.values()].filter(
    ({ vmNic, tapName }) => !tapName && isTapOf(tap, valueIn(vmNic?.says.mac)),
  );
  return same.length === 1 ? same[0] : undefined;
}

function isTapName(name: string): boolean {
  return /^(?:tap|macvtap)\d{1,5}$/.test(name) || LIBVIRT_TAP.test(name);
}

function addQemuNics(kase: Things, ends: Map<string, Draft>, at: (key: string) => Draft): void {
  const nics = qemuNicsOf(kase);
  const nameless = nics.find(({ id }) => id === '');
  for (const qemu of nics) {
    if (qemu.id === '' && nics.length > 1) continue;
    const end = endOfQemu(qemu, ends, nics.length) ?? at(`qemu ${valueIn(qemu.says.vm) ?? ''}/${qemu.id}`);
    end.qemu = qemu.id !== '' && nameless && nics.length === 2 ? withStatus(qemu, nameless) : qemu;
    end.pci = allThings(kase, 'pci', 'host').find((pci) => isPciOf(pci, qemu, nics.length));
    end.rxFilter = allThings(kase, 'rxFilter', 'host').find(({ id }) => id === qemu.id || nics.length === 1);
    end.vm ??= valueIn(qemu.says.vm);
    const tap = valueIn(qemu.says.tap);
    if (tap !== undefined) end.tapName ??= tap;
    const [, vm, index] = TAP.exec(end.tapName ?? '') ?? [];
    if (vm !== undefined) Object.assign(end, { vm, index: Number(index) });
  }
}

/** By tap, by MAC, by Proxmox' number and netN; the only two there are, when nothing speaks against it. */
function endOfQemu(qemu: Thing<'qemuNic'>, ends: Map<string, Draft>, count: number): Draft | undefined {
  const tap = valueIn(qemu.says.tap);
  const mac = valueIn(qemu.says.mac);
  const all = [...ends.values()];
  const isOther = (end: Draft) => {
    const [endTap, endMac] = [end.tapName, valueIn(end.vmNic?.says.mac)];
    return (
      (tap !== undefined && endTap !== undefined && tap !== endTap) ||
      (mac !== undefined && endMac !== undefined && mac !== endMac)
    );
  };
  const byTap = all.find((end) => tap !== undefined && end.tapName === tap);
  const byMac = all.filter((end) => mac !== undefined && valueIn(end.vmNic?.says.mac) === mac && !end.qemu);
  const vm = valueIn(qemu.says.vm);
  const bySlot = vm === undefined ? undefined : ends.get(`${vm}/${qemu.id}`);
  const [only] = all;
  const isAlone =
    all.length === 1 && (count === 1 || (only?.index !== undefined && qemu.id === `net${only.index}`));
  return (
    byTap ??
    byMac.find((end) => end.vm === vm) ??
    byMac[0] ??
    bySlot ??
    (only && isAlone && !isOther(only) ? only : undefined)
  );
}

/** `info virtio-status` does not repeat which NIC it is of; with one NIC it can be of no other. */
function withStatus(named: Thing<'qemuNic'>, status: Thing<'qemuNic'>): Thing<'qemuNic'> {
  return { ...named, says: { ...status.says, ...named.says } };
}

function isPciOf(pci: Thing<'pci'>, qemu: Thing<'qemuNic'>, count: number): boolean {
  const id = valueIn(pci.says.qemuId);
  if (id !== undefined && qemu.id !== '') return id === qemu.id;
  const slot = valueIn(qemu.says.pci);
  return slot !== undefined ? pci.id === slot : count === 1;
}

/** A configuration pasted without its VMID (`net1: ...`) belongs to the only VM there is. */
function adoptNameless(ends: Map<string, Draft>): void {
  for (const [key, end] of ends) {
    if (!key.startsWith('/net') || !end.vmNic) continue;
    const same = [...ends].filter(([other, { index }]) => other !== key && index === end.index);
    const only = same.length === 1 ? same[0]?.[1] : undefined;
    if (!only || only.vmNic) continue;
    only.vmNic = end.vmNic;
    ends.delete(key);
  }
}

/** Proxmox and libvirt give the device of netN the id netN. */
function addPciById(kase: Things, ends: Map<string, Draft>): void {
  for (const end of ends.values()) {
    if (end.pci || end.index === undefined) continue;
    const named = allThings(kase, 'pci', 'host').filter(
      ({ says }) => valueIn(says.qemuId) === `net${end.index}`,
    );
    if (named.length === 1) end.pci = named[0];
  }
}

function clean(end: Draft): HostEnd {
  return Object.fromEntries(Object.entries(end).filter(([, value]) => value !== undefined)) as HostEnd;
}
