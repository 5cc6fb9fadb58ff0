// Reads: what QEMU, libvirt, Proxmox VE and xhyve say when a NIC cannot be had: a terminal, a task log, /var/log/libvirt/qemu/VM.log, a journal.
// Printed by: the sources named in refusal-texts.ts; libvirt src/util/virlog.c, src/qemu/qemu_process.c (lines around them in the VM's log).
// Fixtures: fixtures/outputs/qemu-7.2/refusals*.txt, libvirt-{1.3,9.0,11.3}/*.txt, proxmox-8.2/task-log*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { refusals } from './refusal-texts.ts';

const ISO = '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\.\\d{3,6}(?:Z|[+-]\\d{4}:?)';
const DAEMON =
  '(?:[\\w./-]{0,60}(?:qemu|QEMU|libvirt\\w{0,12}|virt\\w{2,12}d|pve\\w{2,14}|qm|qmeventd|systemd-networkd|vagrant)(?:\\[\\d{1,10}\\])?: {1,2})';
const LIBVIRT_LOG = '(?:\\d{1,10}: (?:error|warning|info|debug) : \\w{1,60}:\\d{1,6} : )';
const ERROR =
  "(?:(?:[Ee]rror(?: starting (?:domain|network)(?: '[^']{1,60}')?)?|ERROR|libvirt(?:\\.libvirtError|Error)|TASK ERROR|start failed|libvirt: .{1,60} error ): {1,2})";
const FRAME =
  "(?:(?:internal error|operation failed|unsupported configuration|XML error|Requested operation is not valid|Network not found|Unable to execute QEMU command|process exited while connecting to monitor|qemu unexpectedly closed the monitor|early end of file from monitor|QEMU exited with code \\d|unable to execute QEMU command '[\\w-]{1,40}'|\\S{1,80}qemu-bridge-helper .{1,120}|failed to communicate with bridge helper|.{0,60}stderr=?):? ?)";
const PROGRAM = '(?:(?:[\\w./-]{0,80}/)?(?:qemu-system-[a-z0-9_]{2,16}w?|qemu-kvm|qemu|kvm)(?:\\.exe)?: )';
const OPTION = "(?:-[\\w-]{2,20} .{1,1200}?: (?=[A-Za-z']))";
const OPTION_IN_FRONT = new RegExp(`^${OPTION}`);
const BEFORE = new RegExp(
  `^(?:${ISO} )?${DAEMON}?(?:${ISO} )?${LIBVIRT_LOG}?${ERROR}{0,2}${FRAME}{0,3}(?:${ISO} )?${PROGRAM}?`,
);
const OF_QEMU = new RegExp(`^(?:${ISO} )?(?:${DAEMON})?${ERROR}?${FRAME}{0,2}(?:${ISO} )?${PROGRAM}`);

/** Lines around the command line in the log of a VM. */
const STARTED =
  /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+\d{4}: )?starting up libvirt version: (\d[\d.]{0,12}).{0,200}?qemu version: (\d{1,3}(?:\.\d{1,4}){1,3})/;
const LOG =
  /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\+\d{4}: )?(?:starting up$|shutting down(?:, reason=\w{1,20})?$|Domain id=\d{1,6} is (?:tainted: \S{1,60}|active)|char device redirected to \S{1,60}|qemu: terminating on signal)/;
/** What frames a refusal and says nothing more. */
const AROUND =
  /^(?:error: (?:Failed to (?:start|create|attach|define) .{1,80}|Disconnected from .{1,60})|TASK ERROR: start failed: .{1,200}|start failed: .{1,200}|TASK OK)$/;
/** src/qemu/qemu_process.c, qemuProcessStop(): the guest's process went away by itself. */
const CRASHED = /: shutting down, reason=crashed$/;
const TERMINATED = /: terminating on signal \d{1,3}(?: from pid \d{1,10} \(.{1,80}\))?$/;

export const hypervisorRefusals: Parser = {
  kind: 'qemu/refusals',
  title: "QEMU's and libvirt's messages",
  side: 'host',
  commands: /^(?:virsh\b.{0,80} (?:start|create|net-start|attach-(?:interface|device)) |qm start \d)/,
  commandIsShared: true,
  begins: beginsOf(),
  continues: new RegExp([OF_QEMU, LOG, AROUND].map(({ source }) => source).join('|')),
  leads: AROUND,
  isLog: true,
  read: readRefusals,
};

/** The front of a line of one of these programs, and then one of the texts. */
function beginsOf(): RegExp {
  const texts = refusals.map(({ text }) => text.source.slice(1).replace(/\(\?<on>/g, '('));
  return new RegExp(`${BEFORE.source}${OPTION}?(?:${texts.join('|')})|${STARTED.source}|${LOG.source}`);
}

function readRefusals(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) {
    const [, , qemu] = STARTED.exec(row.text) ?? [];
    if (qemu !== undefined) notes.say('system', '', { qemu }, row);
    else if (CRASHED.test(row.text))
      notes.say('message', 'hypervisor-crash', { code: 'hypervisor-crash', device: '', text: row.text }, row);
    else if (
      !sayRefusal(row, notes) &&
      !LOG.test(row.text) &&
      !AROUND.test(row.text) &&
      !TERMINATED.test(row.text)
    )
      notes.missed(row);
  }
  return notes.done();
}

function sayRefusal(row: Row, notes: Notes): boolean {
  const text = row.text.replace(BEFORE, '');
  const bare = text.replace(OPTION_IN_FRONT, '');
  for (const { code, text: shape } of refusals) {
    const match = shape.exec(bare) ?? shape.exec(text);
    if (!match) continue;
    const on = match.groups?.on ?? deviceOf(text) ?? '';
    // libvirt's template of a name that it had not chosen yet.
    const device = on.includes('%') ? '' : on;
    notes.say('message', `${code} ${device}`.trimEnd(), { code, device, text: bare }, row);
    return true;
  }
  return false;
}

/** `-netdev tap,id=net0,ifname=tap107i0,...: text`: the option that it is about names the NIC. */
function deviceOf(text: string): string | undefined {
  const [, option = ''] = /^-(?:netdev|device|nic|net) (\S{1,1200}): /.exec(text) ?? [];
  const [, tap] = /\bifname"?[=:]"?([\w.-]{1,15})/.exec(option) ?? [];
  const [, id] = /(?:^|[,{])"?id"?[=:]"?([\w.-]{1,40})/.exec(option) ?? [];
  return tap ?? id;
}
