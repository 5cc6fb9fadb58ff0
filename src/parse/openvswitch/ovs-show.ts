// Reads: `ovs-vsctl show`: bridges, their ports with tag or trunks, and the error of an interface that could not be opened.
// Printed by: Open vSwitch lib/db-ctl-base.c cmd_show_row(), utilities/ovs-vsctl.c cmd_show_tables; names quoted up to 2.9 or so.
// Fixtures: fixtures/outputs/openvswitch-3.1/ovs-vsctl-show*.txt, openvswitch-2.5/ovs-vsctl-show.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { sayAccess, sayTrunk, vlansOf } from './port-vlans.ts';

const NAMED = /^\s{0,24}(Bridge|Port|Interface|Controller|Manager) "?([^"\s]{1,120})"?$/;
const COLUMN =
  /^\s{0,28}(tag|trunks|type|error|options|fail_mode|datapath_type|is_connected|ovs_version|bfd_status): (.{1,300})$/;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/;

export const ovsShow: Parser = {
  kind: 'openvswitch/show',
  title: 'ovs-vsctl show',
  side: 'host',
  commands: /^(?:\/usr\/bin\/)?ovs-vsctl (?:-{1,2}\S{1,30} ){0,4}show\b/,
  begins: /^\s{0,24}Bridge "?[\w.-]{1,40}"?$|^\s{0,8}ovs_version: "[\d.]{1,20}"$/,
  continues: new RegExp(`${NAMED.source}|${COLUMN.source}|${UUID.source}`),
  leads: UUID,
  read: readShow,
};

type Port = { name: string; row: Row; isTold: boolean };

function readShow(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let bridge = '';
  let port: Port | undefined;
  let name = '';
  for (const row of rows) {
    const [, table, named = ''] = NAMED.exec(row.text) ?? [];
    const [, column, value = ''] = COLUMN.exec(row.text) ?? [];
    if (table === 'Bridge') {
      bridge = named;
      port = undefined;
      notes.say('bridge', bridge, { driver: 'ovs' }, row);
    } else if (table === 'Port') {
      port = { name: named, row, isTold: false };
      if (bridge !== '') notes.say('port', named, { bridge }, row);
    } else if (table === 'Interface') {
      name = named;
      // The tag stands above the interfaces: without one the port passes all VLANs.
      if (port && !port.isTold) sayTrunk(port.name, [], port.row, notes);
      if (port) port.isTold = true;
    } else if (column !== undefined)
      readColumn({ column, value: value.trim(), bridge, port, name, row }, notes);
    else if (table === undefined && !UUID.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

type Column = {
  column: string;
  value: string;
  bridge: string;
  port: Port | undefined;
  name: string;
  row: Row;
};

function readColumn({ column, value, bridge, port, name, row }: Column, notes: Notes): void {
  if (column === 'fail_mode' && bridge !== '')
    notes.say('bridge', bridge, { failMode: value === 'secure' ? 'secure' : 'standalone' }, row);
  if (column === 'error' && name !== '') notes.say('port', name, { error: value.replace(/^"|"$/g, '') }, row);
  if (!port) return;
  if (column === 'tag' && /^\d{1,4}$/.test(value)) {
    sayAccess(port.name, Number(value), row, notes);
    port.isTold = true;
  }
  if (column === 'trunks') {
    sayTrunk(port.name, vlansOf(value), row, notes);
    port.isTold = true;
  }
}
