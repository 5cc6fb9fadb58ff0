import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';

const MEMBER = /^\s{0,40}([a-z]{2,15}\d{1,5}) flags=[0-9a-f]{1,5}<([A-Z0-9,]{0,100})>$/;
const PORT = /^\s{0,40}port \d{1,6} ifpriority \d{1,6} ifcost \d{1,9}\b(.{0,120})$/;
const SETTINGS = /^\s{0,40}(?:priority \d{1,6} hellotime|designated: id |root: id |Addresses \(max cache)/;
const CACHED = /^\s{0,40}((?:[0-9a-f]{2}:){5}[0-9a-f]{2}) ([a-z]{2,15}\d{1,5}) \d{1,9} flags=[0-9a-f]{1,5}</;

/**
 * One row of the block that bridge(4), veb(4) and tpmr(4) print below their own lines (sbin/ifconfig/brconfig.c).
 * Gives the member that the next `port` row belongs to; undefined when the row is none of the block.
 */
export function readBridgeRow(bridge: string, member: string, row: Row, notes: Notes): string | undefined {
  const [, name, flags] = MEMBER.exec(row.text) ?? [];
  if (name !== undefined) {
    notes.say('port', name, { bridge, flags: flags ?? '' }, row);
    notes.say('interface', name, { master: bridge }, row);
    return name;
  }
  const rest = PORT.exec(row.text)?.[1];
  if (rest !== undefined) {
    const state = /\b(forwarding|blocking|listening|learning|discarding|disabled)\b/.exec(rest)?.[1];
    if (state && member)
      notes.say('port', member, { state: state === 'discarding' ? 'blocking' : state }, row);
    return member;
  }
  const [, mac, port] = CACHED.exec(row.text) ?? [];
  if (mac !== undefined && port !== undefined) {
    notes.say('fdb', `${mac} ${port}`, { mac, port, own: false }, row);
    return member;
  }
  return SETTINGS.test(row.text) ? member : undefined;
}
