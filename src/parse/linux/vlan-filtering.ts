// Reads: /sys/class/net/BRIDGE/bridge/vlan_filtering: the bare answer to `cat`, `grep -H` form, or a remark behind the command.
// Printed by: Linux net/bridge/br_sysfs_br.c (0 or 1).
// Fixtures: fixtures/outputs/linux-6.1/vlan-filtering*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const PATH = /\/sys\/class\/net\/([a-zA-Z][\w.-]{0,14})\/bridge\/vlan_filtering/;
const WITH_VALUE =
  /^(?:\S{0,30}[$#] ?)?(?:cat )?\/sys\/class\/net\/[a-zA-Z][\w.-]{0,14}\/bridge\/vlan_filtering(?::| {1,4}# (?:[Rr]eturns? )?)([01])\b/;

/** Typed without a prompt, or the title that `head` and `tail` print above a file. */
const ASKED =
  /^(?:cat |==> )\/sys\/class\/net\/[a-zA-Z][\w.-]{0,14}\/bridge\/vlan_filtering(?: <==)?(?: {1,4}#.{0,120})?$/;

export const vlanFiltering: Parser = {
  kind: 'linux/vlan-filtering',
  title: 'vlan_filtering',
  side: 'host',
  commands: /^(?:cat|grep|head|tail|more)\b.{0,60}\/sys\/class\/net\/\S{1,16}\/bridge\/vlan_filtering/,
  begins: new RegExp(`${WITH_VALUE.source}|${ASKED.source}`),
  continues: /^[01]$/,
  read: readVlanFiltering,
};

function readVlanFiltering(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  // With two files asked, a bare value could be of either.
  const isOne = command.split('/vlan_filtering').length === 2;
  let asked = isOne ? PATH.exec(command)?.[1] : undefined;
  for (const row of rows) {
    const named = PATH.exec(row.text)?.[1];
    const stated = WITH_VALUE.exec(row.text)?.[1];
    const value = stated ?? /^([01])$/.exec(row.text)?.[1];
    const bridge = named ?? asked;
    if (named !== undefined && stated === undefined && ASKED.test(row.text)) asked = named;
    else if (bridge === undefined || value === undefined) notes.missed(row);
    else {
      notes.say('bridge', bridge, { driver: 'linux', vlanFiltering: value === '1' }, row);
      asked = undefined;
    }
  }
  return notes.done();
}
