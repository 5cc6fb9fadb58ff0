import type { Case, HostEnd, Thing } from '../model/case.ts';
import { firstKnown, valueIn } from '../model/known.ts';
import { bhyveSlot } from './bhyve-slot.ts';
import { type DraftIndex, draftsByTap, type EndDraft, indexDrafts, TAP } from './end-draft.ts';
import { allThings, findThing, thingsWith } from './look-up.ts';
import { LIBVIRT_TAP, originOf } from './nic-mac.ts';
import { addQemuNics } from './qemu-ends.ts';
import { vmNicsOf } from './vm-nics.ts';
import { vmdSlot } from './vmd-slot.ts';

type Things = Pick<Case, 'things'>;

/**
 * The host's ends of NICs, each put together from its VM configuration, tap, bridge port and QEMU device.
 * Proxmox: tap<VMID>i<N> is netN of VMID (qemu-server QemuServer.pm); with its firewall bridge the VLAN sits on fwpr<VMID>p<N>.
 */
export function hostEnds(kase: Things): HostEnd[] {
  const ends = new Map<string, EndDraft>();
  const at = (key: string): EndDraft => {
    const end = ends.get(key) ?? {};
    ends.set(key, end);
    return end;
  };
  for (const vmNic of vmNicsOf(kase)) Object.assign(at(vmNic.id), { vmNic, ...slotOf(vmNic) });
  const taps = draftsByTap(ends);
  for (const typedNic of allThings(kase, 'typedNic')) {
    const tapName = valueIn(typedNic.says.tap);
    const end = taps.get(tapName ?? '') ?? at(typedNic.id);
    if (tapName !== undefined) taps.set(tapName, end);
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
function tapByRule({ vm, index, vmNic, typedNic }: EndDraft): string | undefined {
  if (vmNic && valueIn(vmNic.says.manager) !== 'proxmox') return undefined;
  if (typedNic?.says.local) return undefined;
  return vm !== undefined && index !== undefined && (vmNic ?? typedNic) ? `tap${vm}i${index}` : undefined;
}

function slotOf(vmNic: Thing<'vmNic'>): EndDraft {
  const vm = valueIn(vmNic.says.vm);
  const index = valueIn(vmNic.says.index);
  const tapName = valueIn(vmNic.says.tap);
  return { ...(vm && { vm }), ...(index !== undefined && { index }), ...(tapName && { tapName }) };
}

const FIREWALL_PORT = /^fwpr(\d{1,9})p(\d{1,2})$/;

function addTaps(kase: Things, ends: Map<string, EndDraft>, at: (key: string) => EndDraft): void {
  const names = new Set<string>();
  for (const { id } of [...allThings(kase, 'interface', 'host'), ...allThings(kase, 'port')]) names.add(id);
  for (const { says } of allThings(kase, 'portVlan')) names.add(valueIn(says.port) ?? '');
  const configured = indexDrafts(ends);
  for (const name of names) {
    const tap = TAP.exec(name);
    const wall = FIREWALL_PORT.exec(name);
    const [, vm, index] = tap ?? wall ?? [];
    const shown = findThing(kase, 'host', 'interface', name);
    const named = vm === undefined ? endOfTap(name, shown, configured) : undefined;
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
      const portName = end.portName ?? portBehindFirewall(name, shown, own, kase) ?? name;
      Object.assign(end, { portName, port: findThing(kase, 'host', 'port', portName) });
    }
  }
}

/** fwpr<VMID>p<N>, whether it was seen or not, where the tap is in the bridge of its firewall. */
function portBehindFirewall(
  tap: string,
  shown: Thing<'interface'> | undefined,
  own: EndDraft | undefined,
  kase: Things,
): string | undefined {
  const bridge = firstKnown(shown?.says.master, findThing(kase, 'host', 'port', tap)?.says.bridge);
  return own && valueIn(bridge) === `fwbr${own.vm}i${own.index}` ? `fwpr${own.vm}p${own.index}` : undefined;
}

/** The end whose configuration names the interface; else the one whose MAC the tap's was made from. */
function endOfTap(
  name: string,
  tap: Thing<'interface'> | undefined,
  { byTap, byMac, byTail }: DraftIndex,
): EndDraft | undefined {
  const named = byTap.get(name)?.find((end) => end.tapName === name);
  if (named) return named;
  const { mac = '', tail = '' } = originOf(tap) ?? {};
  const same = (byMac.get(mac) ?? byTail.get(tail) ?? []).filter(({ tapName }) => !tapName);
  return same.length === 1 ? same[0] : undefined;
}

function isTapName(name: string): boolean {
  return /^(?:tap|macvtap)\d{1,5}$/.test(name) || LIBVIRT_TAP.test(name);
}

/** A configuration pasted without its VMID (`net1: ...`) belongs to the only VM there is. */
function adoptNameless(ends: Map<string, EndDraft>): void {
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
function addPciById(kase: Things, ends: Map<string, EndDraft>): void {
  for (const end of ends.values()) {
    if (end.pci || end.index === undefined) continue;
    const named = thingsWith(kase, 'pci', 'host', 'qemuId', `net${end.index}`);
    if (named.length === 1) end.pci = named[0];
  }
}

function clean(end: EndDraft): HostEnd {
  return Object.fromEntries(Object.entries(end).filter(([, value]) => value !== undefined)) as HostEnd;
}
