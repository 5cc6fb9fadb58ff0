// Reads: what the firmware shows of the NIC before a system runs: iPXE, SeaBIOS, OVMF's and the classic PXE boot ROM.
// Printed by: iPXE src/drivers/bus/virtio-pci.c vpm_find_vqs(), vp_find_vq(), src/usr/ifmgmt.c, src/usr/autoboot.c, src/core/main.c; SeaBIOS
// src/hw/virtio-pci.c; edk2 NetworkPkg/UefiPxeBcDxe. Fixtures: fixtures/outputs/firmware-ipxe/*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

/** [what stands in the row, code]. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  // The second number is what the ROM was built for: 256, in old ones 128.
  [
    /^"?(?:virtio-net \S{1,20} )?ERROR:?\s{1,3}queue size\s{1,3}\d{2,6} > (?:64|128|256|512|1024)\b/i,
    'boot-rom-queue-size',
  ],
  [
    /^(?:Configuring|DHCP) \(net\d{1,2} [\da-f:]{17}\)\.{0,40} ?(?:No configuration methods succeeded|Connection timed out|Error 0x)/i,
    'dhcp-no-answer',
  ],
  [/^No configuration methods succeeded \(http/i, 'dhcp-no-answer'],
  [/^\s{0,4}PXE-E(?:51|16|18): /, 'dhcp-no-answer'],
  [/^(?:Configuring|DHCP) \(net\d{1,2} [\da-f:]{17}\)\.{0,40} ?ok$/i, 'dhcp-bound'],
  [/^Waiting for link-up on net\d{1,2}\.{0,40} ?Down\b/, 'link-down'],
  [/^\s{0,4}PXE-E61: /, 'link-down'],
];
const BEGINS =
  /^(?:iPXE (?:\(http|\d|initiali[sz]ing devices)|SeaBIOS \(version |net\d{1,2}: [\da-f:]{17} (?:using|on) [\w-]{2,20} on |"?could\s{1,3}not\s{1,3}open\s{1,3}net\d{1,2}: |(?:>>)?(?:Start (?:PXE|HTTP Boot) over IPv\d|Checking Media Presence)|BdsDxe: (?:starting|loading|failed) |(?:Configuring|DHCP) \(net\d{1,2} |Waiting for link-up on net\d{1,2}|Nothing to boot: |\s{0,4}PXE-(?:E|M)\d\w: )/i;
const REST =
  /^(?:net\d{1,2}: \d{1,3}\.|net\d{1,2}: fe80:|net\d{1,2}: \S{1,60} inaccessible|\s{0,6}\[(?:Link|Link status|TXE|RXE): ?|Features: |Booting from |No more network devices|Press Ctrl-B |Open Source Network Boot Firmware|Machine UUID |Next server: |Filename: |Station IP address |Server IP address |NBP file|ROM segment |UUID = |http:\/\/ipxe\.org|Boot failed|tftp:\/\/|Operating from|\S{3,80}\.{3,20} ?(?:ok|\d{1,3}%)|BdsDxe: )/i;

export const firmwareConsole: Parser = {
  kind: 'firmware/console',
  title: 'boot firmware console',
  side: 'guest',
  // Nothing prints it on command.
  commands: /^(?!)/,
  begins: new RegExp(
    [BEGINS.source, ...MESSAGES.map(([{ source }]) => source)].map((one) => `(?:${one})`).join('|'),
    'i',
  ),
  continues: REST,
  isLog: true,
  read: readConsole,
};

function readConsole(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    if (!sayMessage(row, notes) && !BEGINS.test(row.text) && !REST.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

/** The ROM's net0 is no name of the system that will run: the message names no device. */
function sayMessage(row: Row, notes: Notes): boolean {
  const code = MESSAGES.find(([shape]) => shape.test(row.text))?.[1];
  if (code === undefined) return false;
  notes.say('message', code, { code, device: '', text: row.text }, row);
  return true;
}
