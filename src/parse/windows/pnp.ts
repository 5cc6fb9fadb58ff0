// Reads: `pnputil /enum-devices /class Net`, Get-PnpDevice, and what the Device Manager says of a device that does not work.
// Printed by: Windows pnputil.exe (10 and later), the PnpDevice module; problem codes as in Microsoft's "Error codes in Device Manager" (cfg.h).
// Fixtures: fixtures/outputs/windows-11/pnp*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

/** virtio 1.2, 4.1.2: 0x1000 transitional, 0x1041 virtio 1.x only. */
const VIRTIO_NET = /^PCI\\VEN_1AF4&DEV_(1000|1041)&/i;
const FIELD =
  /^(Instance ID|Device Description|Class Name|Class GUID|Manufacturer Name|Status|Driver Name|Driver|Problem Code|Problem Status|Extension Driver Names|Parent Device ID|Problem)\s{0,30}:\s{1,30}(\S.{0,200})$/;
const TITLE = /^Microsoft PnP Utility$/;
const LISTED =
  /^(OK|Error|Unknown|Degraded)\s{1,10}(Net|System|Other|\S{2,20})?\s{1,20}(\S.{2,80}?)\s{1,120}((?:PCI|ROOT|USB|SWD|ACPI)\\\S{3,120})$/;
const HEADER = /^Status\s{1,10}Class\s{1,20}FriendlyName\s{1,120}InstanceId$/;
/** Device Manager's own sentences, in the properties of the device. */
const SAID =
  /^(?:The drivers for this device are not installed|This device cannot start|Windows has stopped this device because it has reported problems)\. ?\((?:Code) (\d{1,2})\)/;

/** What the code says of a driver: 28 none installed, 1 none configured; 10, 31, 37, 39, 43 it does not get going. */
function codeOf(problem: number): string | undefined {
  if (problem === 28 || problem === 1) return 'no-child-driver';
  return [3, 10, 12, 14, 18, 24, 31, 32, 37, 39, 43, 52].includes(problem) ? 'attach-failed' : undefined;
}

export const windowsPnp: Parser = {
  kind: 'windows/pnp',
  title: 'devices of Windows',
  commands: /^(?:pnputil(?:\.exe)? \/enum-devices|Get-PnpDevice)\b/i,
  begins: new RegExp(
    [TITLE, HEADER, SAID, /^Instance ID:\s{1,30}\S{1,10}\\/].map(({ source }) => `(?:${source})`).join('|'),
  ),
  continues: new RegExp([FIELD, LISTED, /^-{4,8}\s{1,10}-{4,8}/].map(({ source }) => source).join('|')),
  side: 'guest',
  read: readPnp,
};

type Device = { id?: string; name?: string; problem?: { code: number; row: Row }; row?: Row };

function readPnp(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const [first] = rows;
  if (first) notes.say('system', '', { os: 'windows' }, first);
  let device: Device = {};
  for (const row of rows) {
    const said = SAID.exec(row.text)?.[1];
    const [, field, value = ''] = FIELD.exec(row.text) ?? [];
    const [, status, , name, id] = LISTED.exec(row.text) ?? [];
    if (said !== undefined) sayProblem('', Number(said), row, notes);
    else if (id !== undefined)
      sayDevice({ id, ...(name && { name }), row }, status === 'Error' ? row : undefined, notes);
    else if (field === 'Instance ID') {
      sayDevice(device, undefined, notes);
      device = { id: value.trim(), row };
    } else if (field === 'Device Description') device.name = value.trim();
    else if (field === 'Problem Code') device.problem = { code: Number.parseInt(value, 10), row };
    else if (field === undefined && !windowsPnp.begins.test(row.text) && !/^-{4}/.test(row.text))
      notes.missed(row);
  }
  sayDevice(device, undefined, notes);
  return notes.done();
}

/** A device that works says no more than that it is there: the adapter's own name stands in other listings. */
function sayDevice({ id, name, problem, row }: Device, broken: Row | undefined, notes: Notes): void {
  const product = VIRTIO_NET.exec(id ?? '')?.[1];
  if (product === undefined || id === undefined || !row) return;
  const device = name ?? id;
  notes.say('virtio', device, { type: 'network', modern: product === '1041', bus: 'pci' }, row);
  if (problem) sayProblem(device, problem.code, problem.row, notes);
  // Get-PnpDevice tells that a device fails, and not why.
  if (broken)
    notes.say(
      'message',
      `attach-failed ${device}`,
      { code: 'attach-failed', device, text: broken.text },
      broken,
    );
}

function sayProblem(device: string, problem: number, row: Row, notes: Notes): void {
  const code = codeOf(problem);
  if (code === undefined) return;
  notes.say('message', `${code} ${device}`.trimEnd(), { code, device, text: row.text.trim() }, row);
}
