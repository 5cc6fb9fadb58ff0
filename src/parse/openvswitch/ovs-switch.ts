// Reads: `ovs-appctl fdb/show`, `ovs-ofctl show` and dump-ports-desc, `ovs-ofctl dump-flows`, and what ovs-vswitchd logs of a port.
// Printed by: Open vSwitch ofproto/ofproto-dpif.c, lib/ofp-port.c, lib/ofp-flow.c, vswitchd/bridge.c, 2.5 to 3.6.
// Fixtures: fixtures/outputs/openvswitch-3.1/ovs-switch*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const FDB_HEAD = /^ ?(?:Bridge {2,40})?(?:port|Port) {2}VLAN {2}MAC {16}Age$/;
const FDB =
  /^ {0,6}(?:([a-zA-Z][\w.-]{1,20}) {1,20})?(\d{1,5}|LOCAL) {1,6}(\d{1,4}) {2}((?:[\da-f]{2}:){5}[\da-f]{2}) {1,4}(?:\d{1,6}|static)$/;
const PORT = /^ {0,3}(\d{1,5}|LOCAL)\(([\w.-]{1,16})\): addr:((?:[\da-f]{2}:){5}[\da-f]{2})$/;
const PORT_DETAIL = /^ {3,8}(?:config|state|speed|current|advertised|supported|peer): {1,8}(.{1,160})$/;
const OF_HEAD =
  /^(?:OFPT_FEATURES_REPLY|OFPST_PORT_DESC reply|OFPST_FLOW reply|NXST_FLOW reply|OFPT_GET_CONFIG_REPLY) .{1,120}$|^(?:n_tables|capabilities|actions):.{1,200}$/;
const FLOW =
  /^ ?cookie=0x[\da-f]{1,16}, duration=.{1,600}?n_packets=(\d{1,18}), .{1,800}\bactions=(.{1,400})$/;
/** vswitchd/bridge.c, in ovs-vswitchd.log and behind `ovs-vsctl add-port`. */
const NOT_OPENED =
  /^(?:\d{4}-\d\d-\d\dT[\d:.]{8,15}Z\|\d{1,9}\|bridge\|WARN\||ovs-vsctl: Error detected while setting up '[^']{1,20}': )could not open network device (\S{1,20}) \(([^)]{1,80})\)/;

export const ovsSwitch: Parser = {
  kind: 'openvswitch/switch',
  title: 'ovs-appctl and ovs-ofctl',
  side: 'host',
  commands:
    /^(?:\/usr\/bin\/)?(?:ovs-appctl (?:\S{1,30} ){0,3}fdb\/show|ovs-ofctl (?:-{1,2}\S{1,30} ){0,3}(?:show|dump-ports-desc|dump-flows))\b/,
  begins: new RegExp([FDB_HEAD, PORT, OF_HEAD, FLOW, NOT_OPENED].map(({ source }) => source).join('|')),
  continues: new RegExp([FDB, PORT_DETAIL].map(({ source }) => source).join('|')),
  top: FDB_HEAD,
  read: readSwitch,
};

function readSwitch(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const [, bridge] = /\b(?:fdb\/show|show|dump-ports-desc|dump-flows) ([\w.-]{1,16})\b/.exec(command) ?? [];
  let port = '';
  for (const row of rows) {
    const [, number, name, mac] = PORT.exec(row.text) ?? [];
    const [, detail] = PORT_DETAIL.exec(row.text) ?? [];
    if (name !== undefined) {
      port = name;
      notes.say('interface', name, { mac }, row);
      if (number !== 'LOCAL') notes.say('port', name, { bridge, number: Number(number) }, row);
    } else if (detail !== undefined) readState(port, detail, row, notes);
    else if (!readEntry(row, bridge, notes) && !FDB_HEAD.test(row.text) && !OF_HEAD.test(row.text))
      notes.missed(row);
  }
  return notes.done();
}

function readState(port: string, detail: string, row: Row, notes: Notes): void {
  if (port === '' || !/^ *state:/.test(row.text)) return;
  if (/\bLINK_DOWN\b/.test(detail)) notes.say('interface', port, { link: 'no-carrier' }, row);
}

function readEntry(row: Row, bridge: string | undefined, notes: Notes): boolean {
  const [, of, number, vlan, mac] = FDB.exec(row.text) ?? [];
  if (mac !== undefined && vlan !== undefined) {
    // OpenFlow numbers mean nothing outside their bridge.
    const port = `${of ?? bridge ?? ''}#${number}`;
    notes.say(
      'fdb',
      `${mac} ${port} ${vlan}`,
      { mac, port, vlan: Number(vlan), own: number === 'LOCAL' },
      row,
    );
    return true;
  }
  const [, packets, actions] = FLOW.exec(row.text) ?? [];
  if (actions !== undefined) {
    if (/^drop$/.test(actions)) sayDrop(row, bridge, packets, notes);
    return true;
  }
  const [, device, why] = NOT_OPENED.exec(row.text) ?? [];
  if (device === undefined) return false;
  notes.say('port', device, { error: `could not open network device ${device} (${why})` }, row);
  return true;
}

/** Two dumps of one flow are two readings of its counter. */
function sayDrop(row: Row, bridge: string | undefined, packets: string | undefined, notes: Notes): void {
  const text = row.text.trim();
  const name = text
    .replace(/\b(?:duration|n_packets|n_bytes|idle_age|hard_age)=[\w.]{1,24}, ?/g, '')
    .slice(0, 100);
  const id = `${bridge ?? 'ovs'} ${name}`;
  notes.say('filterRule', id, { chain: `OVS ${bridge ?? ''}`.trim(), action: 'drop', text }, row);
  const value = Number(packets);
  if (packets !== undefined)
    notes.say('counter', `${id} filtered`, { of: id, counts: 'filtered', value }, row);
}
