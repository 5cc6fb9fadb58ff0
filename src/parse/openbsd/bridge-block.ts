import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { wholeMac } from '../whole-mac.ts';

const NAME = '[a-z]{2,15}\\d{1,5}';
const MAC = '(?:[\\da-f]{1,2}:){5}[\\da-f]{1,2}';
const MEMBER = new RegExp(`^\\s{0,40}(${NAME}) flags=[\\da-f]{1,5}<([A-Z0-9,]{0,100})>$`);
const PORT = /^\s{0,40}port \d{1,6} ifpriority \d{1,6} ifcost \d{1,9}\b(.{0,160})$/;
/** veb(4) since 7.9: which VLANs a port takes tagged. */
const TAGGED = /^\s{0,40}tagged: (none|[\d,-]{1,400})$/;
const CACHE = /^\s{0,40}Addresses \(max cache/;
const SETTINGS = new RegExp(
  `^\\s{0,40}(?:priority \\d{1,6} hellotime|designated: id |root: id |pvlan \\d{1,4} isolated|(?:pass|block) (?:in|out|in/out) on ${NAME})`,
);
const CACHED = new RegExp(`^\\s{0,40}(${MAC})(?:@(\\d{1,4}))? (${NAME}) \\d{1,9} flags=[\\da-f]{1,5}<`);

/** Rows of the block, as they may follow a head line. */
export const bridgeRow = new RegExp(
  [MEMBER, PORT, TAGGED, CACHE, SETTINGS, CACHED].map(({ source }) => source).join('|'),
);

/**
 * One row of the block that bridge(4), veb(4) and tpmr(4) print below their own lines (sbin/ifconfig/brconfig.c 1.45).
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
    sayPort(member, rest, row, notes);
    return member;
  }
  const tagged = TAGGED.exec(row.text)?.[1];
  if (tagged !== undefined) {
    for (const [from = 0, to = from] of rangesIn(tagged))
      sayVlan(member, { from, to, pvid: false, untagged: false }, row, notes);
    return member;
  }
  const [, mac, vlan, port] = CACHED.exec(row.text) ?? [];
  if (mac !== undefined && port !== undefined) {
    const address = wholeMac(mac);
    const says = { mac: address, port, own: false, ...(vlan && { vlan: Number(vlan) }) };
    notes.say('fdb', `${address} ${port}${vlan ? ` ${vlan}` : ''}`, says, row);
    return member;
  }
  return bridgeRow.test(row.text) ? member : undefined;
}

/** With the flag STP the state of the port and its role stand at the end. */
function sayPort(member: string, rest: string, row: Row, notes: Notes): void {
  const state = / (disabled|listening|learning|forwarding|blocking|discarding) role /.exec(rest)?.[1];
  if (state && member) notes.say('port', member, { state: state === 'discarding' ? 'blocking' : state }, row);
  const pvid = / untagged (\d{1,4})\b/.exec(rest)?.[1];
  if (pvid !== undefined)
    sayVlan(member, { from: Number(pvid), to: Number(pvid), pvid: true, untagged: true }, row, notes);
}

type Vlan = { from: number; to: number; pvid: boolean; untagged: boolean };

function sayVlan(port: string, vlan: Vlan, row: Row, notes: Notes): void {
  if (port) notes.say('portVlan', `${port} ${vlan.from}-${vlan.to}`, { port, ...vlan }, row);
}

function rangesIn(list: string): number[][] {
  if (list === 'none') return [];
  return list
    .split(',')
    .map((part) => part.split('-').map(Number))
    .filter(([from]) => from !== undefined && from > 0)
    .slice(0, 100);
}

/**
 * All members stand in the block when its address cache follows them, or the next interface; at the end of a text
 * more may have been cut off. What printed the end is its evidence.
 */
export function sayMembersListed(
  bridge: string,
  block: readonly Row[],
  isFollowed: boolean,
  notes: Notes,
): void {
  const [head] = block;
  const cache = block.find(({ text }) => CACHE.test(text));
  const own = block.find(({ text }) =>
    /^\s{0,40}(?:groups: |index \d|priority \d{1,6} hellotime)/.test(text),
  );
  const end = cache ?? (isFollowed && own ? block.at(-1) : undefined);
  if (!head || !end) return;
  const at = end === head ? head.at : ([...head.at, ...end.at] as const);
  notes.say('bridge', bridge, { membersListed: true }, { text: head.text, at });
}
