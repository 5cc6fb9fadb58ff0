// Reads: lines of a physical switch's log that tell of a port with more MACs than it may have: the host's uplink, when guests are bridged.
// Printed by: Juniper Junos (L2ALD_MAC_LIMIT_REACHED_IF), Cisco IOS (PORT_SECURITY, ERR_DISABLE), Huawei VRP (L2IFPPI); their message references.
// Fixtures: fixtures/outputs/switch-logs/mac-limit.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const JUNOS = /^.{0,100}L2ALD_MAC_LIMIT_(?:REACHED|EXCEEDED)_\w{2,8}: .{0,60}\bfor ([\w/.:-]{1,30})/;
const VIOLATION =
  /^.{0,120}%PORT_SECURITY-\d-PSECURE_VIOLATION\w{0,8}: .{0,60}MAC address ([\da-f]{4}\.[\da-f]{4}\.[\da-f]{4}) on port ([\w/.-]{1,30}?)\.?$/i;
const DISABLED = /^.{0,120}%PM-\d-ERR_DISABLE: psecure-violation error detected on ([\w/.-]{1,30}),/;
const HUAWEI =
  /^.{0,120}L2IFPPI\/\d\/(?:MAC_LIMIT_ALARM|PORTSEC_ACTION_\w{4,20})\b.{0,300}?(?:L2IfPortName|InterfaceName|Interface)[ =[(]{1,3}([\w/.-]{1,40})/;
const PLAIN =
  /^[\w.-]{1,40}(?:\[\d{1,10}\])?: .{0,60}\bMAC(?:[ -]address)?(?:[ -]learning)?[ -]limit (?:exceeded|reached) .{0,30}\bport ([\w/.-]{1,30})$/i;

export const macLimitLog: Parser = {
  kind: 'switch/mac-limit-log',
  title: 'log of a switch',
  side: 'peer',
  // Its commands are those of each vendor, and print other lines as well.
  commands: /^(?!)/,
  // One look at the words that they have before each of them looks for its own.
  begins: new RegExp(
    `^(?=.{0,180}?(?:L2ALD_MAC_|%P(?:ORT_SEC|M-\\d)|L2IFPPI\\/|\\bMAC[ -](?:a|l)))(?:${[JUNOS, VIOLATION, DISABLED, HUAWEI, PLAIN].map(({ source }) => source).join('|')})`,
    'i',
  ),
  continues: /^(?!)/,
  isLog: true,
  read: readMacLimitLog,
};

function readMacLimitLog(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const violation = VIOLATION.exec(row.text);
    const found =
      violation ??
      JUNOS.exec(row.text) ??
      DISABLED.exec(row.text) ??
      HUAWEI.exec(row.text) ??
      PLAIN.exec(row.text);
    if (!found) {
      notes.missed(row);
      continue;
    }
    const device = (violation ? violation[2] : found[1]) ?? '';
    notes.say(
      'message',
      `mac-limit-reached ${device}`,
      { code: 'mac-limit-reached', device, text: row.text },
      row,
    );
  }
  return notes.done();
}
