// Reads: `qm config VMID` and /etc/pve/qemu-server/VMID.conf; of the file only what stands before the first [section].
// Printed by: PVE/CLI/qm.pm, PVE/QemuServer.pm (Proxmox VE 6 to 9); a netN line is complete, so a key not in it is not set.
// Fixtures: fixtures/outputs/proxmox-{7.4,8.2}/qm-config*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { readNetOptions } from './net-options.ts';

const NET = /^net(\d{1,2}): (\S{1,400})$/;
const KEY = /^#?[a-z][a-z0-9_-]{1,30}: ?.{0,400}$/;
const SECTION = /^\[[\w. :-]{1,60}\]$/;

export const qmConfig: Parser = {
  kind: 'proxmox/qm-config',
  title: 'qm config',
  side: 'host',
  commands: /^(?:qm config \d|cat \/etc\/pve\/(?:nodes\/\S{1,60}\/)?qemu-server\/\d)/,
  begins:
    /^(?:net\d{1,2}: (?:virtio|e1000|i8255|ne2k|pcnet|rtl8139|vmxnet3|model=)\S|scsihw: |smbios1: uuid=|vmgenid: [0-9a-f-]{36}|ostype: \w+$|boot: (?:order=|[acdn]{1,4}$))/,
  continues: new RegExp(`${KEY.source}|${SECTION.source}`),
  read: readQmConfig,
};

function readQmConfig(rows: readonly Row[], command?: string): Reading {
  const notes = takeNotes();
  const vm = /(?:qm config |qemu-server\/)([1-9]\d{0,8})\b/.exec(command ?? '')?.[1];
  let isPast = false;
  for (const row of rows) {
    isPast ||= SECTION.test(row.text);
    const [, index, options = ''] = NET.exec(row.text) ?? [];
    if (isPast) continue;
    if (index === undefined) {
      if (KEY.test(row.text)) sayOfVm(vm ?? '', row, notes);
      else notes.missed(row);
      continue;
    }
    const net = readNetOptions(options);
    if (!net) notes.missed(row);
    else
      notes.say(
        'vmNic',
        `${vm ?? ''}/net${index}`,
        { ...(vm && { vm }), index: Number(index), ...net, options },
        row,
      );
  }
  return notes.done();
}

function sayOfVm(vm: string, row: Row, notes: ReturnType<typeof takeNotes>): void {
  const [, key, value] = /^(name|machine|args): (.{1,400})$/.exec(row.text) ?? [];
  if (key !== undefined) notes.say('vm', vm, { [key]: value }, row);
}
