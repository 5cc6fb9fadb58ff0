import type { HostEnd } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { groupBy } from './group-by.ts';
import { originOf } from './nic-mac.ts';
import { vmdSlot } from './vmd-slot.ts';

/** The host's ends of NICs that no guest's end was joined with yet, found by what both have in common. */
export type EndPool = {
  readonly left: ReadonlySet<HostEnd>;
  take(end: HostEnd): void;
  /** The first one that is known by this MAC, or whose tap was given one after it. */
  byMac(mac: string): HostEnd | undefined;
  byPci(address: string): HostEnd | undefined;
  /** Interface N of each VM of vmd. */
  ofVmd(index: number): readonly HostEnd[];
};

export function openPool(ends: readonly HostEnd[]): EndPool {
  const left = new Set(ends);
  const places = new Map(ends.map((end, place) => [end, place]));
  const groups = new Map([...groupBy(ends, signsOf)].map(([sign, group]) => [sign, [...group]]));
  const first = (sign: string): HostEnd | undefined => {
    const group = groups.get(sign);
    while (group?.[0] && !left.has(group[0])) group.shift();
    return group?.[0];
  };
  return {
    left,
    take: (end) => void left.delete(end),
    byMac(mac) {
      const [own, made] = [first(`mac ${mac}`), first(`made after ${mac.slice(3)}`)];
      if (!own || !made) return own ?? made;
      return (places.get(own) ?? 0) <= (places.get(made) ?? 0) ? own : made;
    },
    byPci: (address) => first(`pci ${address}`),
    ofVmd: (index) => groups.get(`vmd ${index}`)?.filter((end) => left.has(end)) ?? [],
  };
}

function signsOf(end: HostEnd): string[] {
  const { vmNic, qemu, rxFilter, typedNic, tap, pci, index } = end;
  const macs = [vmNic, qemu, rxFilter, typedNic].flatMap((one) => valueIn(one?.says.mac) ?? []);
  const origin = originOf(tap);
  return [
    ...macs.map((mac) => `mac ${mac}`),
    ...(origin?.mac !== undefined ? [`mac ${origin.mac}`] : []),
    ...(origin?.tail !== undefined ? [`made after ${origin.tail}`] : []),
    ...(pci ? [`pci ${pci.id}`] : []),
    ...(index !== undefined && isVmd(end) ? [`vmd ${index}`] : []),
  ];
}

function isVmd({ tap, vmNic, typedNic }: HostEnd): boolean {
  if (vmdSlot(tap) || valueIn(vmNic?.says.manager) === 'vmd') return true;
  return typedNic?.says.local !== undefined;
}
