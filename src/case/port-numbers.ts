import type { Thing } from '../model/case.ts';
import { known, valueIn } from '../model/known.ts';

/**
 * Open vSwitch's forwarding table and `brctl showmacs` name a port by its number within the bridge (`vmbr1#3`): once some output
 * told whose number that is, the entry is of that port.
 */
export function nameNumberedPorts(things: Map<string, Thing>): void {
  const ports = [...things.values()].filter((thing) => thing.is === 'port') as Thing<'port'>[];
  for (const [key, thing] of things) {
    if (thing.is !== 'fdb') continue;
    const { port, bridge } = (thing as Thing<'fdb'>).says;
    const [, of = '', number] = /^([\w.-]{0,16})#(\d{1,5})$/.exec(valueIn(port) ?? '') ?? [];
    if (number === undefined || port?.state !== 'known') continue;
    const fitting = ports.filter(
      ({ says }) =>
        valueIn(says.number) === Number(number) &&
        (of === '' || says.bridge === undefined || valueIn(says.bridge) === of),
    );
    const [owner, ...more] = fitting;
    if (!owner || more.length > 0) continue;
    const name = known(owner.id, [port.at[0], owner.at[0]]);
    things.set(key, { ...thing, says: { ...thing.says, port: name, ...(bridge && { bridge }) } } as Thing);
  }
}
