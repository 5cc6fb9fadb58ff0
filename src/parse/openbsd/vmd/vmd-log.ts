// Reads: what vmd says in /var/log/daemon, and with `vmd -d`, `-dvv` on the terminal; errors of vm.conf from `vmd -n`.
// Printed by: usr.sbin/vmd/{vmd,vmm,priv,config,vionet,parse.y}.c, 6.2 to 7.8.
// Fixtures: fixtures/outputs/openbsd-{6.4,7.8}/vmd-log*.txt, vmd-dvv.txt.

import type { Row } from '../../../model/line.ts';
import type { Parser, Reading } from '../../../model/sample.ts';
import { type Notes, takeNotes } from '../../reading.ts';
import { wholeMac } from '../../whole-mac.ts';

const PREFIX = /^vmd\[\d{1,10}\]: /;
const DEBUG =
  /^(?:vm_priv_(?:ifconfig|brconfig): (?:interface|switch) |vm_opentty: |config_setvm: |vmd_configure: |priv_dispatch_parent: |startup$|\S{1,100}\.conf:\d{1,5}: (?:switch|vm) ")/;
const CONF_ERROR =
  /^\S{0,100}\bvm[\w.-]{0,40}\.conf:\d{1,5}: (?:syntax error|switch ".{1,60}" is missing interface name|invalid (?:switch )?interface: .{1,60}|too many interfaces: \d|unknown interface type|interface name too long.{0,60}|macro '.{1,40}' not defined)/;

export const vmdLog: Parser = {
  kind: 'openbsd/vmd-log',
  title: 'log of vmd',
  side: 'host',
  commands:
    /^(?:\/usr\/sbin\/)?vmd (?:-\w{1,8}\b|-f \S)|^(?:grep|tail|cat)\b.{0,60}(?:vmd\b.{0,40})?\/var\/log\/daemon\b/,
  commandIsShared: true,
  begins: new RegExp(`${PREFIX.source}|${DEBUG.source}|${CONF_ERROR.source}`),
  continues: /^(?!)/,
  isLog: true,
  read: readVmdLog,
};

function readVmdLog(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const [first] = rows;
  if (first) notes.say('system', '', { os: 'openbsd', vmManager: 'vmd' }, first);
  const described = new Map<string, string>();
  for (const row of rows) {
    const text = row.text.replace(PREFIX, '');
    const isRead =
      sayMessage(text, row, notes) || sayStarted(text, row, notes) || sayStep(text, row, described, notes);
    if (!isRead && !PASSED_OVER.test(text)) notes.missed(row);
  }
  return notes.done();
}

/** Code, and the part of the line that names what it is about. */
const MESSAGES: readonly [RegExp, string][] = [
  [/^(?:\w{1,30}: )?switch "?([^"]{1,60}?)"? not found$/, 'switch-not-found'],
  [
    /^(?:fatal in \S{1,40}: )?(?:\w{1,30}: )?bridge "([a-z]{2,14}\d{1,6})" does not exist$/,
    'bridge-not-found',
  ],
  [/^(?:\w{1,30}: )?can't open (tap\d{0,6}): /, 'tap-not-opened'],
  [/^(?:\w{1,30}: )?can't open tap (\S{0,16})(?:: |$)/, 'tap-not-opened'],
  [/^(?:\w{1,30}: )?invalid tap name (\S{1,40})$/, 'tap-not-opened'],
  [/^(?:\w{1,30}: )?SIOCBRDGADD\b()/, 'bridge-add-failed'],
  [/^(?:\w{1,30}: )?dhcp address range exceeded, vm id (\d{1,9})/, 'address-range-exceeded'],
  [/^(?:\w{1,30}: )?bad source address ((?:[\da-f]{1,2}:){5}[\da-f]{1,2})\b/, 'source-refused'],
  [/^(?:\w{1,30}: )?(?:.{0,60} - )?requesting device reset()/, 'device-needs-reset'],
  [
    /^\S{0,100}\.conf:\d{1,5}: (?!(?:switch|vm) ".{1,80}" (?:registered|skipped))(?:switch "(.{1,60}?)" is )?\S/,
    'vm-conf-error',
  ],
  [/^([\w.-]{1,64}): failed to (?:start|configure) vm\b/, 'vm-start-failed'],
];

function sayMessage(text: string, row: Row, notes: Notes): boolean {
  for (const [shape, code] of MESSAGES) {
    const found = shape.exec(text);
    if (!found) continue;
    const device = code === 'source-refused' ? wholeMac(found[1] ?? '') : (found[1] ?? '');
    notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
    return true;
  }
  return false;
}

const STARTED = /^started ([\w.-]{1,64}) \(vm (\d{1,6})\) successfully, tty /;
const STARTED_OLD = /^([\w.-]{1,64}): started (?:vm (\d{1,6}) |vm )successfully, tty /;

function sayStarted(text: string, row: Row, notes: Notes): boolean {
  const [, name, id] = STARTED.exec(text) ?? STARTED_OLD.exec(text) ?? [];
  if (name === undefined) return false;
  notes.say('vm', name, { name, manager: 'vmd', ...(id !== undefined && { number: Number(id) }) }, row);
  return true;
}

const DESCRIBED = /^vm_priv_ifconfig: interface (tap\d{1,6}) description (vm\d{1,9}-if(\d{1,3})-(.{1,64}))$/;
const ADDED = /^vm_priv_ifconfig: (?:switch ".{1,60}" )?interface ([a-z]{2,14}\d{1,6}) add (tap\d{1,6})$/;
const ADDRESSED = /^vm_priv_ifconfig: interface (tap\d{1,6}) address (\d{1,3}(?:\.\d{1,3}){3})\/31$/;
const REGISTERED =
  /^\S{0,100}\.conf:\d{1,5}: vm "([\w.-]{1,64})" (?:registered \((enabled|disabled)\)|skipped)/;

/** With -vv vmd tells each step it takes for a tap. */
function sayStep(text: string, row: Row, described: Map<string, string>, notes: Notes): boolean {
  const [, tap, description, index, vm] = DESCRIBED.exec(text) ?? [];
  if (tap && description && vm) {
    described.set(tap, `${vm}/if${index}`);
    notes.say('interface', tap, { description, driver: 'tap' }, row);
    return true;
  }
  const [, bridge, member = ''] = ADDED.exec(text) ?? [];
  if (bridge) {
    const id = described.get(member);
    if (id) notes.say('vmNic', id, { manager: 'vmd', bridge, ...slotOf(id) }, row);
    return true;
  }
  const [, addressed, address] = ADDRESSED.exec(text) ?? [];
  if (addressed && address) {
    const says = { interface: addressed, family: 'inet', address, prefix: 31 } as const;
    notes.say('address', `${addressed} ${address}`, says, row);
    return true;
  }
  const [, name, state] = REGISTERED.exec(text) ?? [];
  if (name && state) notes.say('vm', name, { name, manager: 'vmd', enabled: state === 'enabled' }, row);
  return name !== undefined;
}

function slotOf(id: string): { vm: string; index: number } {
  const [, vm = '', index = ''] = /^(.*)\/if(\d{1,3})$/.exec(id) ?? [];
  return { vm, index: Number(index) };
}

/** Said in every start and stop; they tell nothing of a NIC. */
const PASSED_OVER =
  /^(?:startup|terminating|parent terminating|.{1,60} exiting, pid \d{1,10}|vm_\w{1,30}: .{0,200}|vmd_\w{1,30}: .{0,200}|config_\w{1,30}: .{0,200}|vmm_\w{1,30}: .{0,200}|\S{0,100}\.conf:\d{1,5}: switch ".{1,60}" (?:registered|skipped).{0,20}|[\w.-]{1,64}: (?:vcpu|sent|terminat|stopped|paused|unpaused|rtc|guest|vionet|vioblk|viornd|vmmci|i8253|x86|loadfile|booting|unsupported).{0,200}|loadfile_\w{1,20}: .{0,200}|run_vm: .{0,200}|virtio_\w{1,30}: .{0,200}|vio\w{1,30}: .{0,200}|vcpu_\w{1,30}: .{0,200}|i8\d{3}\w{0,20}: .{0,200}|dev_\w{1,30}: .{0,200}|handle_\w{1,30}: .{0,200}|start_client_vmd.{0,100}|dhcp_\w{1,20}: .{0,200}|rtc_\w{1,30}: .{0,200})$/;
