import { describe, expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import type { Finding } from '../../src/model/report.ts';
import { caseNames, knowledge, readCase } from '../cases.ts';

// What a plan does on the host, it does with the host's own commands: no `qm` on libvirt, no `ip link` on a BSD.
type Kind = 'proxmox' | 'libvirt' | 'qemu' | 'vmd' | 'bhyve';

const OWN: Readonly<Record<string, readonly Kind[]>> = {
  qm: ['proxmox'],
  pvesh: ['proxmox'],
  virsh: ['libvirt'],
  vmctl: ['vmd'],
  rcctl: ['vmd'],
  vm: ['bhyve'],
  sysrc: ['bhyve'],
  bhyve: ['bhyve'],
  'qemu-system-x86_64': ['qemu'],
  set_link: ['qemu'],
  ip: ['proxmox', 'libvirt', 'qemu'],
  bridge: ['proxmox', 'libvirt', 'qemu'],
  ethtool: ['proxmox', 'libvirt', 'qemu'],
  nft: ['proxmox', 'libvirt', 'qemu'],
  iptables: ['proxmox', 'libvirt', 'qemu'],
  ifreload: ['proxmox'],
  ifconfig: ['vmd', 'bhyve'],
  pfctl: ['vmd', 'bhyve'],
};

/** The cases of the lab ran on plain QEMU with taps named as Proxmox VE does: another name makes another host of it. */
const TAPS: readonly (readonly [Kind, string])[] = [
  ['proxmox', 'tap100i'],
  ['qemu', 'tap7'],
  ['libvirt', 'vnet7'],
];

/** Only where an output names the tap is the kind of the host known. */
const lab = caseNames.filter(
  (name) =>
    name.startsWith('lab-') &&
    readCase(name).captures.some(({ text }) => /ifname=tap100i0|: tap100i0:/.test(text)),
);

describe.each(TAPS)('on %s', (kind, tap) => {
  test.each(lab)('%s is mended with commands of that host', (name) => {
    const captures = readCase(name).captures.map((capture) => ({
      ...capture,
      name: capture.name.replaceAll(/tap100i(?=\d)/g, tap),
      text: capture.text.replaceAll(/tap100i(?=\d)/g, tap),
    }));
    const { complaint } = readCase(name);
    const all = kind === 'libvirt' ? [...captures, domiflist(`${tap}0`)] : captures;
    speaksOwn(doctor(all, complaint, knowledge).findings, kind);
  });
});

const OTHERS: readonly (readonly [Kind, RegExp])[] = [
  ['vmd', /^vmd-/],
  ['bhyve', /^bhyve-/],
  ['libvirt', /^libvirt-/],
  ['proxmox', /^(?:proxmox|pve)-/],
];

describe.each(OTHERS)('cases of %s', (kind, names) => {
  test.each(caseNames.filter((name) => names.test(name)))('%s', (name) => {
    const { captures, complaint } = readCase(name);
    speaksOwn(doctor(captures, complaint, knowledge).findings, kind);
  });
});

/** Of one fault, on each of the hosts: the commands that matter. */
const EXACT: readonly (readonly [
  name: string,
  fault: string,
  fix: string,
  tap: string,
  commands: readonly string[],
])[] = [
  [
    'lab-csum-rawfwd-drop',
    'checksum-offload',
    'host-offload-off',
    'vnet7',
    ['virsh edit web', 'virsh shutdown web', 'virsh start web', 'virsh define before.xml'],
  ],
  [
    'lab-csum-rawfwd-drop',
    'checksum-offload',
    'host-offload-off',
    'tap7',
    [
      'system_powerdown',
      'qemu-system-x86_64 -device virtio-net-pci,netdev=net0,mac=bc:24:11:5a:c0:01,csum=off,gso=off,host_tso4=off,host_tso6=off,host_ecn=off,host_ufo=off,guest_csum=off,guest_tso4=off,guest_tso6=off,guest_ecn=off,guest_ufo=off',
    ],
  ],
  ['lab-ring-lost-interrupt', 'ring-event-idx-stall', 'event-idx-off-host', 'vnet7', ['virsh edit web']],
  [
    'lab-ring-lost-interrupt',
    'ring-event-idx-stall',
    'event-idx-off-host',
    'tap7',
    ['qemu-system-x86_64 -device virtio-net-pci,netdev=net0,mac=bc:24:11:5a:c0:01,event_idx=off'],
  ],
  [
    'lab-config-vector-lost',
    'no-carrier-config-vector',
    'msix-off',
    'tap7',
    ['qemu-system-x86_64 -device virtio-net-pci,netdev=net0,mac=bc:24:11:5a:c0:01,vectors=0'],
  ],
  [
    'lab-config-vector-lost',
    'no-carrier-config-vector',
    'e1000-fallback',
    'tap7',
    ['qemu-system-x86_64 -device e1000,netdev=net0,mac=bc:24:11:5a:c0:01'],
  ],
  ['lab-vm-paused', 'vm-paused', 'vm-resume', 'tap7', ['cont', 'stop']],
  ['lab-link-down', 'link-down-by-host', 'host-link-up', 'tap7', ['set_link net0 on', 'set_link net0 off']],
];

test.each(EXACT)('%s: %s is mended by %s on %s', (name, fault, fix, tap, commands) => {
  const { captures, complaint } = readCase(name);
  const renamed = captures.map((one) => ({
    ...one,
    name: one.name.replaceAll('tap100i0', tap),
    text: one.text.replaceAll('tap100i0', tap),
  }));
  const all = tap.startsWith('vnet') ? [...renamed, domiflist(tap)] : renamed;
  const finding = doctor(all, complaint, knowledge).findings.find((one) => one.fault === fault);
  const shown = finding?.plans
    .find((plan) => plan.fix === fix)
    ?.steps.map((step) => step.shown.split('\n')[0]);
  expect(shown).toEqual(expect.arrayContaining([...commands]));
});

function speaksOwn(findings: readonly Finding[], kind: Kind): void {
  for (const { plans, fault } of findings)
    for (const { steps, fix } of plans)
      for (const { on, argv } of steps) {
        const owners = on === 'host' ? OWN[argv[0] ?? ''] : undefined;
        expect({ fault, fix, argv, isOwn: owners?.includes(kind) ?? true }).toMatchObject({ isOwn: true });
      }
}

function domiflist(tap: string): Capture {
  const text = `# virsh domiflist web\n Interface   Type     Source   Model    MAC\n--------------------------------------------------------\n ${tap}       bridge   vmbr0    virtio   bc:24:11:5a:c0:01\n`;
  return { name: 'host/domiflist.txt', side: 'host', origin: 'file', text };
}
