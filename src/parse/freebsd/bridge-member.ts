import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { wholeMac } from '../whole-mac.ts';

const NAME = '[A-Za-z][\\w.:-]{0,31}';
const SETTINGS =
  /^(?:id (?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2} priority |priority \d{1,5} hellotime |maxage \d|root id (?:[0-9a-f]{1,2}:){5}|Configuration:$|ipfilter (?:disabled|enabled) |Address cache:$|bridge flags=|defuntagged)/;
const MEMBER = new RegExp(`^member: (${NAME}) flags=[0-9a-f]{1,8}(?:<([A-Z0-9_,]{0,200})>)?$`);
const COSTS =
  /^(?:ifmaxaddr \d{1,9} port \d{1,5} priority \d{1,5} path cost \d{1,10}|hostfilter \d|vlan protocol )\b(.{0,200})$/;
const STATE = /^role [a-z]{1,12} state ([a-z]{4,12})\b(.{0,200})$/;
const CACHED = new RegExp(
  `^((?:[0-9a-f]{1,2}:){5}[0-9a-f]{1,2}) (?:Vlan(\\d{1,4}) )?(${NAME}) \\d{1,9} flags=[0-9a-f]{1,8}<`,
);
const LAGG =
  /^(?:laggproto |lagg options:|lagg statistics:|lag id: |flags=[0-9a-f]{1,4}<|flowid_shift: |active ports: |flapping: |rr_stride: |lagghash |\[\(|rr_limit |use_flowid )/;
const LAGG_PORT = new RegExp(`^laggport: (${NAME}) flags=[0-9a-f]{1,4}<([A-Z,]{0,60})>`);

/**
 * One row of the block that if_bridge(4) and lagg(4) print below their own lines (sbin/ifconfig/ifbridge.c, iflagg.c; macOS
 * ifbridge.c). Gives the member that the next rows belong to; undefined when the row is none of the block.
 */
export function readBridgeRow(owner: string, member: string, row: Row, notes: Notes): string | undefined {
  const text = row.text.trim();
  const [, name, flags = ''] = MEMBER.exec(text) ?? [];
  if (name !== undefined) {
    notes.say('bridge', owner, { driver: 'bridge' }, row);
    const words = flags.split(',');
    const says = { bridge: owner, flags, learning: words.includes('LEARNING') };
    notes.say('port', name, { ...says, isolated: words.includes('PRIVATE') }, row);
    notes.say('interface', name, { master: owner }, row);
    return name;
  }
  const [, port] = LAGG_PORT.exec(text) ?? [];
  if (port !== undefined) {
    notes.say('interface', port, { master: owner }, row);
    return port;
  }
  const [, state, vlans] = STATE.exec(text) ?? [];
  const rest = vlans ?? COSTS.exec(text)?.[1];
  if (state !== undefined && member !== '')
    notes.say('port', member, { state: state === 'discarding' ? 'blocking' : state }, row);
  if (rest !== undefined) {
    if (member !== '') sayVlans(member, rest, row, notes);
    return member;
  }
  const [, mac, vlan, on] = CACHED.exec(text) ?? [];
  if (mac !== undefined && on !== undefined) {
    const padded = wholeMac(mac);
    const says = { mac: padded, port: on, own: false, vlan: vlan === undefined ? undefined : Number(vlan) };
    notes.say('fdb', `${padded} ${on}`, says, row);
    return member;
  }
  return SETTINGS.test(text) || LAGG.test(text) ? member : undefined;
}

/** if_bridge(4) of 15.0: `untagged 10 tagged 20,30-39` behind the costs or the state of a member. */
function sayVlans(port: string, text: string, row: Row, notes: Notes): void {
  const [, pvid] = / untagged (\d{1,4})\b/.exec(text) ?? [];
  const [, list = ''] = / tagged ([\d,-]{1,160})/.exec(text) ?? [];
  const say = (from: number, to: number, isUntagged: boolean) =>
    notes.say(
      'portVlan',
      `${port} ${from}-${to}`,
      { port, from, to, pvid: isUntagged, untagged: isUntagged },
      row,
    );
  if (pvid !== undefined) say(Number(pvid), Number(pvid), true);
  for (const range of list.split(',').filter(Boolean)) {
    const [from = 0, to = from] = range.split('-').map(Number);
    say(from, to, false);
  }
}
