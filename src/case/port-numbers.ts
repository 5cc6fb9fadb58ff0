import type { Thing } from '../model/case.ts';
import { known, valueIn } from '../model/known.ts';
import { groupBy } from './group-by.ts';

/**
 * Open vSwitch's forwarding table and `brctl showmacs` name a port by its number within the bridge (`vmbr1#3`): once some output
 * told whose number that is, the entry is of that port.
 */
export function nameNumberedPorts(things: Map<string, Thing>): void {
  const ports = [...things.values()].filter((thing) => thing.is === 'port') as Thing<'port'>[];
  const numbered = groupBy(ports, ({ says }) => [valueIn(says.number)]);
  for (const [key, thing] of things) {
    if (thing.is !== 'fdb') continue;
    const { port, bridge } = (thing as Thing<'fdb'>).says;
    const [, of = '', number] = /^([\w.-]{0,16})#(\d{1,5})$/.exec(valueIn(port) ?? '') ?? [];
    if (number === undefined || port?.state !== 'known') continue;
    const owner = onlyPort(numbered.get(Number(number)) ?? [], of);
    if (!owner) continue;
    const name = known(owner.id, [port.at[0], owner.at[0]]);
    things.set(key, { ...thing, says: { ...thing.says, port: name, ...(bridge && { bridge }) } } as Thing);
  }
}

/** Of the ports with that number the one of this bridge, if only one can be. */
function onlyPort(ports: readonly Thing<'port'>[], bridge: string): Thing<'port'> | undefined {
  let found: Thing<'port'> | undefined;
  for (const port of ports) {
    if (bridge !== '' && port.says.bridge !== undefined && valueIn(port.says.bridge) !== bridge) continue;
    if (found) return undefined;
    found = port;
  }
  return found;
}
