import type { Case, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { groupBy } from '../group-by.ts';
import { thingsWith } from '../look-up.ts';
import { oncePerName } from '../once-per-case.ts';

type Entry = Thing<'fdb'>;

/** Where the bridges of the host have learned the MAC of a NIC. */
export function readLearned(nic: Nic, kase: Case, mac: string): Known<string> {
  const { moved, byPort, byBridge } = learnedOf(mac, kase);
  if (moved) return known('moves', [moved[0].at[0], moved[1].at[0]]);
  const ports = [nic.host?.tapName, nic.host?.portName].filter((name) => name !== undefined);
  const own = ports.flatMap((port) => byPort.get(port) ?? [])[0];
  if (own) return known('one', own.at);
  const bridge = valueIn(nic.host?.port?.says.bridge) ?? valueIn(nic.host?.tap?.says.master);
  const strange = bridge === undefined ? undefined : byBridge.get(bridge)?.[0];
  return strange ? known('elsewhere', strange.at) : unknown;
}

const learnedOf = oncePerName((mac, kase: Case) => {
  const entries = thingsWith(kase, 'fdb', 'host', 'mac', mac).filter(
    ({ says }) => !valueIn(says.own) && valueIn(says.bridge) !== undefined,
  );
  return {
    moved: movedAmong(entries),
    byPort: groupBy(entries, ({ says }) => [valueIn(says.port)]),
    byBridge: groupBy(entries, ({ says }) => [valueIn(says.bridge)]),
  };
});

/** One bridge and one VLAN have one place for a MAC: two of them are two moments. */
function movedAmong(entries: readonly Entry[]): readonly [Entry, Entry] | undefined {
  const places = groupBy(entries, ({ says }) => [`${valueIn(says.bridge)} ${valueIn(says.vlan)}`]);
  for (const [first, ...others] of places.values()) {
    const other = others.find(({ says }) => valueIn(says.port) !== valueIn(first?.says.port));
    if (first && other) return [first, other];
  }
  return undefined;
}
