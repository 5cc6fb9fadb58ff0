import type { Case, Thing } from '../model/case.ts';
import { known, valueIn } from '../model/known.ts';
import { allThings, findThing } from './look-up.ts';

type VmNic = Thing<'vmNic'>;

/**
 * The NICs of VM configurations, each once: libvirt's XML, its tables and the answer of domif-getlink name a NIC by its MAC, its
 * interface on the host or both, and not all of them name the VM. Proxmox VE's netN has one name only.
 */
export function vmNicsOf(kase: Pick<Case, 'things'>): VmNic[] {
  const merged: VmNic[] = [];
  const places = new Map<string, Set<number>>();
  const all = allThings(kase, 'vmNic');
  // What names both MAC and interface first: it joins what names only one.
  for (const one of [...all].sort((a, b) => namesOf(b) - namesOf(a))) {
    const near = new Set(signsOf(one).flatMap((sign) => [...(places.get(sign) ?? [])]));
    const same = [...near].filter((place) => isSame(one, merged[place] as VmNic));
    const [place = merged.length] = same.length === 1 ? same : [];
    const other = merged[place];
    merged[place] = other ? together(other, one) : one;
    for (const sign of signsOf(merged[place])) places.set(sign, (places.get(sign) ?? new Set()).add(place));
  }
  return merged.map((one) => withGuard(one, kase));
}

/** A filter of one's own guards the MAC when it takes in libvirt's filter that does. */
function withGuard(nic: VmNic, kase: Pick<Case, 'things'>): VmNic {
  const { filter, macGuard, manager } = nic.says;
  if (valueIn(manager) === 'proxmox') return withProxmoxGuard(nic, kase);
  if (filter?.state !== 'known' || macGuard) return nic;
  const own = findThing(kase, 'host', 'nwFilter', filter.value)?.says.includes;
  if (own?.state !== 'known' || !own.value.some((name) => GUARDS.test(name))) return nic;
  return { ...nic, says: { ...nic.says, macGuard: known(true, [...filter.at, ...own.at]) } };
}

/** The firewall of a VM acts where cluster, VM and NIC all have it on; macfilter is on unless it is set to 0 (PVE/Firewall.pm). */
function withProxmoxGuard(nic: VmNic, kase: Pick<Case, 'things'>): VmNic {
  const { firewall, vm } = nic.says;
  const own = findThing(kase, 'host', 'firewall', valueIn(vm) ?? '')?.says;
  const all = findThing(kase, 'host', 'firewall', 'cluster')?.says;
  if (firewall?.state !== 'known' || own?.enabled?.state !== 'known' || all?.enabled?.state !== 'known')
    return nic;
  const isOn = firewall.value && own.enabled.value && all.enabled.value;
  const guard = valueIn(own.macFilter) ?? true;
  const at = own.macFilter?.state === 'known' ? own.macFilter.at : own.enabled.at;
  return { ...nic, says: { ...nic.says, macGuard: known(isOn && guard, [...firewall.at, ...at]) } };
}

const GUARDS = /^(?:no-mac-spoofing|clean-traffic(?:-gateway)?)$/;

/** What two outputs of libvirt may both say of one NIC. */
function signsOf({ says }: VmNic): string[] {
  if (valueIn(says.manager) !== 'libvirt') return [];
  return [valueIn(says.mac), valueIn(says.tap)].flatMap((value) => value ?? []);
}

function namesOf({ says }: VmNic): number {
  return [says.mac, says.tap, says.vm].filter((one) => one?.state === 'known').length;
}

function isSame(a: VmNic, b: VmNic): boolean {
  if (valueIn(a.says.manager) !== 'libvirt' || valueIn(b.says.manager) !== 'libvirt') return false;
  const pairs = (['vm', 'mac', 'tap'] as const).map((key) => [valueIn(a.says[key]), valueIn(b.says[key])]);
  if (pairs.some(([one, other]) => one !== undefined && other !== undefined && one !== other)) return false;
  return pairs.slice(1).some(([one, other]) => one !== undefined && one === other);
}

/** The link state that virsh was asked for is the one in force; the XML may be the saved one. */
function together(a: VmNic, b: VmNic): VmNic {
  const asked = [a, b].find(({ says }) => says.linkDown && !says.backend)?.says.linkDown;
  const vm = valueIn(a.says.vm) ?? valueIn(b.says.vm);
  const at = a.says.vm?.state === 'known' ? a.says.vm.at : b.at;
  return {
    ...a,
    says: {
      ...b.says,
      ...a.says,
      ...(asked && { linkDown: asked }),
      ...(vm !== undefined && { vm: known(vm, at) }),
    },
  };
}
