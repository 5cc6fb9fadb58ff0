import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import { type Backend, type Device, sayNics } from './command-line-nics.ts';
import { type Options, optionsOf } from './command-line-options.ts';
import type { Word } from './command-line-words.ts';

export type CommandLine = {
  readonly words: readonly Word[];
  /** The program's name was seen, so no NIC stands before the first one. */
  readonly isWhole: boolean;
  /** Which of the command lines of one text. */
  readonly order: number;
  readonly vm?: string;
};

const DEVICE =
  /^(?:virtio-net(?:-(?:pci(?:-(?:non-)?transitional)?|device|ccw))?|e1000e?|e1000-8254\w{2,3}|igb|rtl8139|vmxnet3|pcnet|i8255\w{1,3}|ne2k_(?:pci|isa)|usb-net|tulip)$/;

/** Says of one command line which VM it starts and which NICs it gives. */
export function sayMachine({ words, isWhole, order, vm: asked }: CommandLine, notes: Notes): void {
  const options = pairsOf(words);
  const value = (...names: readonly string[]) => options.find(({ name }) => names.includes(name));
  const named = value('name');
  const id = value('id');
  const title = named && vmName(named.value);
  const name = asked ?? id?.value ?? title;
  const vm = name ?? diskOf(options) ?? (order === 0 ? '' : `#${order + 1}`);
  const isProxmox =
    asked !== undefined || id !== undefined || options.some(({ value: text }) => PVE.test(text));
  const manager = isProxmox ? 'proxmox' : words.some(({ text }) => LIBVIRT.test(text)) ? 'libvirt' : 'qemu';
  const machine = value('machine', 'M');
  const first = named ?? id ?? options[0];
  if (first && isWhole && vm !== '') notes.say('vm', vm, { name: title, manager }, first.row);
  if (machine && vm !== '') {
    const type = optionsOf(machine.value, 'type').get('type');
    notes.say('vm', vm, { machine: type }, machine.row);
  }
  sayNics({ vm, name, isWhole, sockets: socketsOf(options), ...netOptions(options) }, notes);
}

const PVE = /\/var\/run\/qemu-server\/|\/run\/qemu-server\/|pve-bridge/;
const LIBVIRT = /\/var\/lib\/libvirt\/qemu\/|^guest=[^,]{1,80},debug-threads=on$|hostnet\d/;

type Pair = { readonly name: string; readonly value: string; readonly row: Row };

/** `-netdev VALUE`; an option without a value has ''. */
function pairsOf(words: readonly Word[]): Pair[] {
  const pairs: Pair[] = [];
  for (const [index, { text, row }] of words.entries()) {
    const [, name] = /^--?([a-zA-Z][\w-]{0,40})$/.exec(text) ?? [];
    if (name === undefined) continue;
    const next = words[index + 1];
    const hasValue = next !== undefined && !/^--?[a-zA-Z]/.test(next.text);
    pairs.push({ name, value: hasValue ? next.text : '', row: hasValue ? rowOf(row, next.row) : row });
  }
  return pairs;
}

function rowOf(option: Row, value: Row): Row {
  const [first, ...more] = option.at;
  const others = [...more, ...value.at].filter(({ number }) => number !== first.number);
  return { text: value.text, at: [first, ...others] };
}

function vmName(value: string): string | undefined {
  const options = optionsOf(value, 'guest');
  const name = options.get('guest');
  return name !== undefined && /^[\w.+@-]{1,80}$/.test(name) ? name : undefined;
}

/** A VM that nobody named is told from others by its first disk. */
function diskOf(options: readonly Pair[]): string | undefined {
  for (const { name, value } of options) {
    const path = name === 'hda' ? value : name === 'drive' ? optionsOf(value, 'file').get('file') : undefined;
    const [, file] = /([\w.+-]{1,60}?)(?:\.(?:qcow2|img|raw|vmdk|vdi))?$/.exec(path ?? '') ?? [];
    if (file) return file;
  }
  return undefined;
}

function socketsOf(options: readonly Pair[]): ReadonlyMap<string, string> {
  const sockets = new Map<string, string>();
  for (const { name, value } of options) {
    if (name !== 'chardev') continue;
    const parts = optionsOf(value, 'backend');
    const id = parts.get('id');
    const path = parts.get('path');
    if (id !== undefined && path !== undefined) sockets.set(id, path);
  }
  return sockets;
}

function netOptions(options: readonly Pair[]): { devices: Device[]; backends: Backend[] } {
  const devices: Device[] = [];
  const backends: Backend[] = [];
  for (const { name, value, row } of options) {
    if (name === 'netdev') backends.push(backendOf(optionsOf(value, 'type'), row));
    if (name === 'device') addDevice(optionsOf(value, 'driver'), row, devices);
    if (name === 'nic') addShort(optionsOf(value, 'type'), row, devices, backends);
    if (name === 'net') addLegacy(optionsOf(value, 'type'), row, devices, backends);
  }
  for (const { name, value } of options) {
    if (name === 'set') setProperty(value, devices);
    if (name === 'global') setGlobally(value, devices);
  }
  return { devices, backends };
}

/** `-set device.net1.event_idx=off`. */
function setProperty(value: string, devices: readonly Device[]): void {
  const [, id, property, text] = /^device\.([\w.-]{1,40}?)\.([\w-]{1,40})=(.{1,60})$/.exec(value) ?? [];
  const device = devices.find((one) => one.id === id);
  if (property !== undefined && text !== undefined) device?.options.set(property, text);
}

/** `-global virtio-net-pci.event_idx=off`: what a device does not say of itself. */
function setGlobally(value: string, devices: readonly Device[]): void {
  const [, model, property, text] = /^([\w-]{1,40})\.([\w-]{1,40})=(.{1,60})$/.exec(value) ?? [];
  if (property === undefined || text === undefined) return;
  for (const device of devices) {
    if (device.model === model && !device.options.has(property)) device.options.set(property, text);
  }
}

function backendOf(options: Options, row: Row): Backend {
  return { id: options.get('id') ?? '', type: options.get('type') ?? '', options, row };
}

function addDevice(options: Options, row: Row, devices: Device[]): void {
  const model = options.get('driver') ?? '';
  if (!DEVICE.test(model)) return;
  const id = options.get('id') ?? options.get('netdev') ?? `${model}.${devices.length}`;
  devices.push({ id, model, netdev: options.get('netdev'), options, row });
}

/** `-nic tap,ifname=tap0,model=virtio-net-pci`: backend and device in one. */
function addShort(options: Options, row: Row, devices: Device[], backends: Backend[]): void {
  const type = options.get('type') ?? '';
  if (type === 'none' || type === '') return;
  const id = options.get('id') ?? `nic${devices.length}`;
  backends.push({ id, type, options, row });
  devices.push({ id, model: options.get('model'), netdev: id, options, row });
}

/** `-net nic` and `-net tap` meet on a hub, number `vlan` (0 if not told; gone since QEMU 3.0). */
function addLegacy(options: Options, row: Row, devices: Device[], backends: Backend[]): void {
  const type = options.get('type') ?? '';
  if (type === 'none' || type === '') return;
  const hub = `hub ${options.get('vlan') ?? 0}`;
  if (type !== 'nic') backends.push({ id: hub, type, options, row });
  else {
    const netdev = options.get('netdev') ?? hub;
    devices.push({
      id: options.get('name') ?? `nic${devices.length}`,
      model: options.get('model'),
      netdev,
      options,
      row,
    });
  }
}
