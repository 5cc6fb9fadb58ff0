import type { Side } from '../model/capture.ts';
import type { Hypervisor, Survey, Vm } from '../model/survey.ts';
import type { Os } from '../model/words.ts';
import { inLanes } from './lanes.ts';
import type { Reach } from './reach.ts';
import { runSection, type Watch } from './run-section.ts';

const SYSTEMS: Readonly<Record<string, Os>> = {
  OpenBSD: 'openbsd',
  FreeBSD: 'freebsd',
  NetBSD: 'netbsd',
  DragonFly: 'dragonfly',
  Linux: 'linux',
};

/** What a packet filter's listing loads where it is not there (request_module in nfnetlink.c, x_tables.c, ebtables.c). */
const MODULES = ['nf_tables', 'ip_tables', 'ebtable_filter'];

type Draft = {
  isGuest: boolean;
  hypervisors: Hypervisor[];
  vms: Vm[];
  modules: string[];
  hasOpenVswitch: boolean;
};

/** One look that tells something about the machine: the command, and what its output means. */
type Look = {
  readonly argv: readonly string[];
  readonly note: (text: string, draft: Draft) => void;
  /** What it prints counts although it complains of something else. */
  readonly mayFail?: boolean;
};

/** Finds out what a machine is, with a few commands that change nothing. */
export async function survey(reach: Reach, machine: Side, watch: Watch): Promise<Survey> {
  const look = (argv: readonly string[]) =>
    runSection(reach, { machine, probe: `survey/${argv[0]}`, argv }, LIMITS, watch);
  const uname = await look(['uname', '-s', '-r']);
  const [, system = '', release] = /^(\w{3,20}) (\S{1,80})/m.exec(uname.text) ?? [];
  const os = SYSTEMS[system];
  const draft: Draft = { isGuest: false, hypervisors: [], vms: [], modules: [], hasOpenVswitch: false };
  const looks = LOOKS[os ?? ''] ?? [];
  const argvs = [['id', '-u'], ...looks.map(({ argv }) => argv)];
  const [id, ...seen] = await inLanes(
    reach.lanes,
    argvs.map((argv) => () => look(argv)),
  );
  for (const [index, { outcome, text }] of seen.entries())
    if (outcome === 'exit 0' || looks[index]?.mayFail) looks[index]?.note(text, draft);
  return {
    ...(os && { os }),
    ...(release !== undefined && { release }),
    isRoot: id?.text.trim() === '0',
    ...draft,
    sections: [uname, ...(id ? [id] : []), ...seen].filter(({ outcome }) => outcome !== 'missing'),
  };
}

/** The first of them waits for the connection, perhaps by way of another machine. */
const LIMITS = { seconds: 20, kilobytes: 64 };

const VENDOR =
  /\b(?:QEMU|KVM|Bochs|BHYVE|bhyve|OpenBSD|VMware|VirtualBox|innotek|Xen|Microsoft Corporation|Amazon EC2|Google|OpenStack|DigitalOcean|Hetzner)\b/;

function noteVendor(text: string, draft: Draft): void {
  if (VENDOR.test(text)) draft.isGuest = true;
}

function noteVirtioNic(text: string, draft: Draft): void {
  if (/\/virtio\d{1,4}\/net\/[\w.-]{1,15}$/m.test(text)) draft.isGuest = true;
}

const LOOKS: Readonly<Record<string, readonly Look[]>> = {
  linux: [
    // Each interface is a link to its device: `eth0 -> ../../devices/pci0000:00/.../virtio0/net/eth0`.
    { argv: ['ls', '-l', '/sys/class/net'], note: noteVirtioNic },
    { argv: ['cat', '/sys/class/dmi/id/sys_vendor', '/sys/class/dmi/id/product_name'], note: noteVendor },
    { argv: ['qm', 'list'], note: (text, draft) => noteVms('proxmox', readQmList(text), draft) },
    {
      argv: ['virsh', '--readonly', 'list', '--all'],
      note: (text, draft) => noteVms('libvirt', readVirshList(text), draft),
    },
    // Names of processes have 15 letters, and pgrep refuses a longer pattern. Not the guest agent, qemu-ga.
    { argv: ['pgrep', '-a', 'qemu-[sk]|^kvm$'], note: noteQemu },
    {
      argv: ['ovs-vsctl', '--timeout=3', 'show'],
      note: (_, draft) => {
        draft.hasOpenVswitch = true;
      },
    },
    {
      argv: ['ls', '-d', '/proc/version', '/proc/modules', ...MODULES.map((name) => `/sys/module/${name}`)],
      note: noteModules,
      mayFail: true,
    },
  ],
  openbsd: [
    { argv: ['sysctl', '-n', 'hw.vendor', 'hw.product'], note: noteVendor },
    { argv: ['vmctl', 'status'], note: (text, draft) => noteVms('vmd', readVmctl(text), draft) },
  ],
  freebsd: [
    {
      argv: ['sysctl', '-n', 'kern.vm_guest'],
      note: (text, draft) => {
        if (/^(?!none)\w/.test(text)) draft.isGuest = true;
      },
    },
    { argv: ['ls', '/dev/vmm'], note: noteBhyve },
  ],
  dragonfly: [
    {
      argv: ['sysctl', '-n', 'kern.vmm_guest'],
      note: (text, draft) => {
        if (/^(?!none)\w/.test(text)) draft.isGuest = true;
      },
    },
  ],
  netbsd: [{ argv: ['sysctl', '-n', 'machdep.dmi.system-vendor'], note: noteVendor }],
};

function noteVms(hypervisor: Hypervisor, vms: readonly Vm[], draft: Draft): void {
  draft.hypervisors.push(hypervisor);
  draft.vms.push(...vms);
}

/** A QEMU that neither Proxmox nor libvirt started. */
function noteQemu(text: string, draft: Draft): void {
  if (draft.hypervisors.length > 0 || !/^\d{1,10} \S{0,200}(?:qemu-(?:system|kvm)|kvm)\S{0,40} -/m.test(text))
    return;
  const names = [...text.matchAll(/^\d{1,10} .{0,400}? -name (?:guest=)?([\w.-]{1,64})/gm)];
  noteVms(
    'qemu',
    names.map(([, name = '']) => ({ id: name, name, isRunning: true })),
    draft,
  );
}

/** `      107 fw                   running    2048              32.00 4711` */
function readQmList(text: string): Vm[] {
  return [...text.matchAll(/^ {0,20}(\d{3,9}) (\S{1,64}) {1,40}(\w{1,20}) /gm)].map(
    ([, id = '', name = '', state]) => ({
      id,
      name,
      isRunning: state === 'running',
    }),
  );
}

/** ` 3    fw     running` and ` -    old    shut off` */
function readVirshList(text: string): Vm[] {
  return [
    ...text.matchAll(/^ {0,4}(?:\d{1,9}|-) {1,10}(\S{1,64}) {1,64}(running|shut off|paused|\w.{0,20})$/gm),
  ]
    .filter(([, name]) => name !== 'Name')
    .map(([, name = '', state]) => ({ id: name, name, isRunning: state === 'running' }));
}

/** `    1  4711     1    1.0G    300M   ttyp0         root     running fw` */
function readVmctl(text: string): Vm[] {
  const rows = text.split('\n').filter((row) => /^ {0,10}\d{1,6} /.test(row));
  return rows.map((row) => {
    const words = row.trim().split(/\s+/);
    return { id: words[0] ?? '', name: words.at(-1) ?? '', isRunning: words.includes('running') };
  });
}

/** A kernel that cannot load modules has no /proc/modules; /proc/version shows that this was looked at. */
function noteModules(text: string, draft: Draft): void {
  const there = text.split('\n');
  if (!there.includes('/proc/version')) return;
  const canLoad = there.includes('/proc/modules');
  draft.modules.push(...MODULES.filter((name) => !canLoad || there.includes(`/sys/module/${name}`)));
}

/** The folder is there while vmm.ko is, a file in it for each VM that runs. vm-bhyve's `vm list` would load that module. */
function noteBhyve(text: string, draft: Draft): void {
  const names = text.split('\n').filter((name) => /^[\w.-]{1,64}$/.test(name));
  draft.modules.push('vmm');
  noteVms(
    'bhyve',
    names.map((name) => ({ id: name, name, isRunning: true })),
    draft,
  );
}
