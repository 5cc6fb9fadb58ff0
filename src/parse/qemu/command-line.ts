// Reads: QEMU's command line, from ps, pgrep -a, /var/log/libvirt/qemu/VM.log, `qm showcmd`, a shell script, a container's args.
// Grammar: QEMU qemu-options.hx, net/net.c; PVE/QemuServer.pm config_to_command(); libvirt qemu_command.c. -netdev, -device, -nic and -net.
// Fixtures: fixtures/outputs/qemu-7.2/command-line*.txt, proxmox-8.2/, libvirt-11.3/.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { sayMachine } from './command-line-machine.ts';
import { wordsOf } from './command-line-words.ts';

const PROGRAM =
  /^(?!\s{0,12}-[a-z])(?:.{0,300}[\s/"'])?(?:qemu-system-[a-z0-9_]{2,16}|qemu-kvm|kvm)(?:\.exe)?["']?,?(?: |$)/;
/** A program's name alone is prose; with an option behind it, or a backslash, it is a command. */
const COMMAND =
  /^(?!\s{0,12}-[a-z])(?:.{0,300}[\s/"'])?(?:qemu-system-[a-z0-9_]{2,16}w?|qemu-kvm|kvm)(?:\.exe)?["']?,? (?:\\$|["']?-(?:[a-zA-Z][\w-]{0,40})["']?(?:,| |$))/;
/** The args of a container, one a row. */
const LISTED_PROGRAM = /^\s{0,40}(?:- ["']?|["'])\S{0,80}?(?:qemu-system-[a-z0-9_]{2,16}|qemu-kvm)["']?,?$/;
const LISTED = /^\s{0,40}(?:- ["']?[\w.,:=/+-]{1,300}["']?|["'][^"']{1,600}["'],?)$/;
/** The part that matters, cut out. */
const NIC_OPTION =
  /^\s{0,12}-(?:netdev ['"]?[\w{:"-]{3,30}[,='"]|device ['"]?(?:virtio-net|e1000|rtl8139|vmxnet3|\{"driver":"(?:virtio-net|e1000))|nic \w|net (?:nic|tap|user|bridge|socket)\b)/;
const OPTION_ROW = /^\s{0,40}(?:- )?["']?-{1,2}[a-zA-Z][\w-]{0,40}["']?,?(?:\s.{0,4000})?$/;
const ENVIRONMENT = /^[A-Z][A-Z_]{1,30}=\S{0,400} \\$/;
/** The rest of a line that was wrapped: options of an option, or further options. */
const REST = /^\s{0,40}["']?[\w/.:@{"-]{1,300}(?:[,=].{0,4000}| -[a-z].{0,4000}|["'],?|\s?\\)$/;

export const commandLine: Parser = {
  kind: 'qemu/command-line',
  title: "QEMU's command line",
  side: 'host',
  commands: /^(?:\/usr\/sbin\/)?qm showcmd \d/,
  begins: new RegExp(`${COMMAND.source}|${LISTED_PROGRAM.source}|${NIC_OPTION.source}`),
  continues: new RegExp(`${OPTION_ROW.source}|${REST.source}|${LISTED.source}|^\\s{0,40}\\\\$`),
  leads: ENVIRONMENT,
  read: readCommandLine,
};

function readCommandLine(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const asked = /\bqm showcmd (\d{1,9})\b/.exec(command)?.[1];
  for (const [index, rowsOfOne] of commandsIn(rows).entries()) {
    const isWhole = PROGRAM.test(rowsOfOne[0]?.text ?? '');
    sayMachine({ words: wordsOf(rowsOfOne), isWhole, order: index, ...(asked && { vm: asked }) }, notes);
  }
  return notes.done();
}

/** Each program begins a command of its own. */
function commandsIn(rows: readonly Row[]): Row[][] {
  const commands: Row[][] = [];
  for (const row of rows) {
    if (ENVIRONMENT.test(row.text)) continue;
    const current = commands.at(-1);
    if (!current || PROGRAM.test(row.text)) commands.push([withoutQuote(row)]);
    else current.push(row);
  }
  return commands;
}

/** `command '/usr/bin/kvm -id 107 ...' failed`: the quote in front is not the shell's. */
function withoutQuote(row: Row): Row {
  const text = row.text
    .replace(/' failed: .{0,80}$/, '')
    .replace(/^.{0,200}?\s'(?=\S{0,80}(?:qemu-system-[a-z0-9_]{2,16}|qemu-kvm|kvm) -[a-zA-Z])/, '');
  return { ...row, text };
}
