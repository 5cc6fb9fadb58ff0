// Reads: files below /sys/class/net/BRIDGE/bridge and /sys/class/net/PORT/brport, by `grep -H . FILES` (path:value).
// Printed by: Linux net/bridge/br_sysfs_br.c, br_sysfs_if.c; states by number: 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking.
// Fixtures: fixtures/outputs/linux-6.1/sysfs-bridge.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const FILE = /^\/sys\/class\/net\/([a-zA-Z][\w.-]{0,14})\/(bridge|brport)\/([a-z_]{2,40}):(.{0,60})$/;
const STATES = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

export const sysfsBridge: Parser = {
  kind: 'linux/sysfs-bridge',
  title: 'Linux /sys of a bridge',
  commands: /^[ef]?grep\b.{0,20}\s\/sys\/class\/net\/\S{1,20}\/(?:bridge|brport)\//,
  begins: FILE,
  continues: /^(?!)/,
  read: readSysfsBridge,
};

function readSysfsBridge(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, name, kind, file = '', value = ''] = FILE.exec(row.text) ?? [];
    if (name === undefined) notes.missed(row);
    else if (kind === 'bridge') sayBridge(name, file, value, row, notes);
    else sayPort(name, file, value, row, notes);
  }
  return notes.done('host');
}

function sayBridge(name: string, file: string, value: string, row: Row, notes: Notes): void {
  const isOn = value === '1';
  notes.say(
    'bridge',
    name,
    {
      driver: 'linux',
      vlanFiltering: file === 'vlan_filtering' ? isOn : undefined,
      stp: file === 'stp_state' ? value !== '0' : undefined,
    },
    row,
  );
}

function sayPort(name: string, file: string, value: string, row: Row, notes: Notes): void {
  const isOn = value === '1';
  const says = {
    state: file === 'state' ? STATES[Number(value)] : undefined,
    learning: file === 'learning' ? isOn : undefined,
    flood: file === 'unicast_flood' ? isOn : undefined,
    isolated: file === 'isolated' ? isOn : undefined,
    locked: file === 'locked' ? isOn : undefined,
  };
  if (Object.values(says).some((one) => one !== undefined)) notes.say('port', name, says, row);
}
