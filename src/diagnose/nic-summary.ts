import { guestOs } from '../case/guest-os.ts';
import { allThings } from '../case/look-up.ts';
import { bridgeNameOf } from '../case/path/bridge-stations.ts';
import { pathOf } from '../case/path/path.ts';
import type { Case, Nic } from '../model/case.ts';
import { firstKnown, valueIn } from '../model/known.ts';
import type { NicSummary } from '../model/report.ts';

/** One NIC in plain values; null where nothing is known. */
export function summarizeNic(nic: Nic, kase: Case): NicSummary {
  const { hops, vanish } = pathOf(nic, kase);
  const guest = nic.guest?.says;
  const host = nic.host;
  return {
    name: nic.name,
    os: valueIn(guestOs(nic, kase)) ?? null,
    driver: valueIn(guest?.driver) ?? null,
    mac:
      valueIn(
        firstKnown(guest?.mac, host?.vmNic?.says.mac, host?.qemu?.says.mac, host?.typedNic?.says.mac),
      ) ?? null,
    link: valueIn(guest?.link) ?? null,
    up: valueIn(guest?.up) ?? null,
    interrupts: valueIn(firstKnown(nic.virtio?.says.interrupt, guest?.interrupt)) ?? null,
    offloads: offloadsOf(nic),
    tap: host?.tapName ?? null,
    bridge: valueIn(bridgeNameOf(nic, kase)) ?? null,
    vlan: vlanOf(nic, kase),
    vm: host?.vm ?? null,
    joined: nic.joined,
    path: hops,
    vanish,
  };
}

function offloadsOf(nic: Nic): readonly string[] | null {
  const features = valueIn(nic.guest?.says.features);
  const lro = valueIn(nic.guest?.says.lro);
  if (features === undefined && lro === undefined) return null;
  return [...(lro ? ['LRO on'] : []), ...(features ?? [])];
}

function vlanOf(nic: Nic, kase: Case): number | null {
  const tag = valueIn(firstKnown(nic.host?.vmNic?.says.tag, nic.host?.typedNic?.says.tag));
  if (tag !== undefined) return tag;
  const pvid = allThings(kase, 'portVlan', 'host').find(
    ({ says }) => valueIn(says.port) === nic.host?.portName && valueIn(says.pvid),
  );
  return valueIn(pvid?.says.from) ?? null;
}
