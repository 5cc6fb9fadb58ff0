import type { Case, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { draftsByTap, type EndDraft, indexDrafts, TAP } from './end-draft.ts';
import { allThings, findThing, thingsWith } from './look-up.ts';
import { qemuNicsOf } from './qemu-nics.ts';

type Things = Pick<Case, 'things'>;

/** What QEMU's monitor and its command line say of its NICs goes to the ends that they are of. */
export function addQemuNics(kase: Things, ends: Map<string, EndDraft>, at: (key: string) => EndDraft): void {
  const nics = qemuNicsOf(kase);
  const nameless = nics.find(({ id }) => id === '');
  const { byMac } = indexDrafts(ends);
  const taps = draftsByTap(ends);
  for (const qemu of nics) {
    if (qemu.id === '' && nics.length > 1) continue;
    const end =
      endOfQemu(qemu, { ends, taps, byMac }, nics.length) ??
      at(`qemu ${valueIn(qemu.says.vm) ?? ''}/${qemu.id}`);
    end.qemu = qemu.id !== '' && nameless && nics.length === 2 ? withStatus(qemu, nameless) : qemu;
    end.pci = pciOf(kase, qemu, nics.length);
    end.rxFilter =
      nics.length === 1
        ? allThings(kase, 'rxFilter', 'host')[0]
        : findThing(kase, 'host', 'rxFilter', qemu.id);
    end.vm ??= valueIn(qemu.says.vm);
    const tap = valueIn(qemu.says.tap);
    if (tap !== undefined) end.tapName ??= tap;
    if (end.tapName !== undefined && !taps.has(end.tapName)) taps.set(end.tapName, end);
    const [, vm, index] = TAP.exec(end.tapName ?? '') ?? [];
    if (vm !== undefined) Object.assign(end, { vm, index: Number(index) });
  }
}

/** By tap, by MAC, by Proxmox' number and netN; the only two there are, when nothing speaks against it. */
function endOfQemu(
  qemu: Thing<'qemuNic'>,
  { ends, taps, byMac }: Found,
  count: number,
): EndDraft | undefined {
  const tap = valueIn(qemu.says.tap);
  const mac = valueIn(qemu.says.mac);
  const isOther = (end: EndDraft) => {
    const [endTap, endMac] = [end.tapName, valueIn(end.vmNic?.says.mac)];
    return (
      (tap !== undefined && endTap !== undefined && tap !== endTap) ||
      (mac !== undefined && endMac !== undefined && mac !== endMac)
    );
  };
  const same = (byMac.get(mac ?? '') ?? []).filter((end) => !end.qemu);
  const vm = valueIn(qemu.says.vm);
  const bySlot = vm === undefined ? undefined : ends.get(`${vm}/${qemu.id}`);
  const [only] = ends.values();
  const isAlone =
    ends.size === 1 && (count === 1 || (only?.index !== undefined && qemu.id === `net${only.index}`));
  return (
    taps.get(tap ?? '') ??
    same.find((end) => end.vm === vm) ??
    same[0] ??
    bySlot ??
    (only && isAlone && !isOther(only) ? only : undefined)
  );
}

type Found = {
  readonly ends: ReadonlyMap<string, EndDraft>;
  readonly taps: ReadonlyMap<string, EndDraft>;
  readonly byMac: ReadonlyMap<string, readonly EndDraft[]>;
};

/** `info virtio-status` does not repeat which NIC it is of; with one NIC it can be of no other. */
function withStatus(named: Thing<'qemuNic'>, status: Thing<'qemuNic'>): Thing<'qemuNic'> {
  return { ...named, says: { ...status.says, ...named.says } };
}

/** By its id; where it says none, by its slot; beside the only NIC, the only device. */
function pciOf(kase: Things, qemu: Thing<'qemuNic'>, count: number): Thing<'pci'> | undefined {
  const slot = valueIn(qemu.says.pci);
  const [named] = qemu.id === '' ? [] : thingsWith(kase, 'pci', 'host', 'qemuId', qemu.id);
  if (named) return named;
  const isNameless = ({ says }: Thing<'pci'>) => qemu.id === '' || says.qemuId?.state !== 'known';
  if (slot === undefined) return count === 1 ? allThings(kase, 'pci', 'host').find(isNameless) : undefined;
  const there = findThing(kase, 'host', 'pci', slot);
  return there && isNameless(there) ? there : undefined;
}
