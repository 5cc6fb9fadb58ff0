// Reads: command lines of bhyve(8), xhyve and hyperkit, from ps, vm-bhyve's log, a script, with their NICs: `-s 2:0,virtio-net,tap0,mac=...`.
// Grammar: FreeBSD usr.sbin/bhyve/bhyve.8, pci_emul.c pci_parse_slot(), pci_virtio_net.c; xhyve src/pci_virtio_net_vmnet.c (no backend named).
// Fixtures: fixtures/outputs/bhyve-1.6/command-line.txt, xhyve-0.2/command-line.txt.

import type { Manager } from '../../model/host-things.ts';
import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { wordsOf } from '../qemu/command-line-words.ts';
import { type Notes, takeNotes } from '../reading.ts';

const PROGRAM =
  /^(?:.{0,120}[\s/"'[(])?(bhyve|xhyve|hyperkit)["']?:? (?=-[a-zA-Z]|\\$)(?:.{0,2000}(?:-s ?\d|\\$)|-[a-zA-Z]{1,6}\b.{0,200}$)/;
const SLOT = /^(?:(?:\d{1,3}:)?(\d{1,2}:\d)|(\d{1,2})),([a-z][\w-]{1,20})(?:,(.{1,400}))?$/;
/** What a running VM calls itself in ps. */
const TITLE = /^(?:.{0,80}\s)?bhyve: ([\w.-]{1,64}) \(bhyve\)$/;
const OPTION_ROW = /^\s{1,40}-[a-zA-Z]{1,2}\b.{0,600}$|^\s{0,40}[\w.-]{1,64} ?\\?$/;

export const bhyveCommandLine: Parser = {
  kind: 'bhyve/command-line',
  title: 'command line of bhyve or xhyve',
  side: 'host',
  commands: /^(?!)/,
  begins: new RegExp(`${PROGRAM.source}|${TITLE.source}`),
  continues: OPTION_ROW,
  read: readCommandLines,
};

function readCommandLines(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const name = TITLE.exec(row.text)?.[1];
    if (name !== undefined) notes.say('vm', name, { name, manager: 'bhyve', status: 'running' }, row);
  }
  for (const [order, [first, ...more]] of commandsIn(rows).entries())
    if (first) readOne(first, more, order, notes);
  return notes.done();
}

function commandsIn(rows: readonly Row[]): Row[][] {
  const commands: Row[][] = [];
  for (const row of rows) {
    if (PROGRAM.test(row.text)) commands.push([row]);
    else if (!TITLE.test(row.text)) commands.at(-1)?.push(row);
  }
  return commands;
}

function readOne(first: Row, more: readonly Row[], order: number, notes: Notes): void {
  const program = PROGRAM.exec(first.text)?.[1] ?? '';
  const manager: Manager = program === 'bhyve' ? 'bhyve' : 'xhyve';
  const text = first.text.slice(first.text.indexOf(program) + program.length);
  const words = wordsOf([{ ...first, text }, ...more]);
  const last = words.at(-1);
  const before = words.at(-2)?.text ?? '';
  const isName = last !== undefined && /^[\w.-]{1,64}$/.test(last.text) && !/^-[a-zA-Z]$/.test(before);
  const vm = isName && manager === 'bhyve' ? last.text : '';
  if (vm !== '') notes.say('vm', vm, { name: vm, manager }, last?.row ?? first);
  const taken = new Map<string, string>();
  let index = 0;
  for (const [place, { text: option, row }] of words.entries()) {
    const value = option === '-s' ? words[place + 1]?.text : /^-s(\d.{0,400})$/.exec(option)?.[1];
    const [, full, short = '', device, options = ''] = SLOT.exec(value ?? '') ?? [];
    if (device === undefined) continue;
    const isNic = /^(?:virtio-net|virtio-vpnkit|virtio-tap|e1000)$/.test(device);
    if (isNic) {
      const nic = { vm, order, manager, index: index++, device, options };
      sayNic(nic, words[place + 1]?.row ?? row, notes);
    }
    const key = full ?? `${short}:0`;
    const other = taken.get(key);
    // pci_parse_slot() takes no slot and function twice, and the program ends there.
    if (other !== undefined && (isNic || other === 'nic'))
      notes.say(
        'message',
        'slot-occupied ',
        { code: 'slot-occupied', device: '', text: row.text.trim() },
        row,
      );
    taken.set(key, isNic ? 'nic' : device);
  }
}

type Nic = {
  readonly vm: string;
  /** Which of the command lines of one text: tells VMs without a name apart. */
  readonly order: number;
  readonly manager: Manager;
  readonly index: number;
  readonly device: string;
  readonly options: string;
};

function sayNic({ vm, order, manager, index, device, options }: Nic, row: Row, notes: Notes): void {
  const parts = options.split(',');
  const tap = parts.find((part) => /^(?:tap|vmnet)\d{1,5}$/.test(part));
  const mac = /(?:^|,)mac=((?:[\da-f]{2}:){5}[\da-f]{2})/i.exec(options)?.[1]?.toLowerCase();
  const mtu = /(?:^|,)mtu=(\d{3,5})\b/.exec(options)?.[1];
  const says = {
    manager,
    index,
    ...(vm !== '' && { vm }),
    model: device,
    ...(tap && { tap }),
    ...(mac && { mac }),
    ...(mtu && { mtu: Number(mtu) }),
  };
  notes.say('vmNic', `${vm || `${manager} ${order + 1}`}/net${index}`, says, row);
}
