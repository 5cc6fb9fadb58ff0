import type { Case } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';

/** What runs the VM: what the host says of itself, else whose configuration was shown, else how its taps are named. */
export function readHostKind(_: unknown, kase: Case): Known<string> {
  return hostKind(kase);
}

const hostKind = oncePerCase((kase: Case): Known<string> => {
  const host = findThing(kase, 'host', 'system', '')?.says;
  if (host?.proxmox?.state === 'known') return known('proxmox', host.proxmox.at);
  if (host?.vmManager?.state === 'known') return host.vmManager;
  return firstKnown(byConfiguration(kase), byNames(kase), byHypervisor(kase), byQemu(kase), bySystem(kase));
});

function byConfiguration(kase: Case): Known<string> {
  const managed = [...allThings(kase, 'vmNic'), ...allThings(kase, 'vm')];
  for (const { says } of managed) {
    const kind = mapKnown(says.manager, (manager) => MANAGERS[manager]);
    if (kind.state === 'known' && kind.value !== 'qemu') return kind;
  }
  const typed = allThings(kase, 'typedNic').find(({ id }) => /^\d{1,9}\/net\d/.test(id));
  if (typed) return known('proxmox', typed.at);
  const network = allThings(kase, 'virtualNetwork')[0];
  return network ? known('libvirt', network.at) : unknown;
}

const MANAGERS: Readonly<Record<string, string>> = {
  proxmox: 'proxmox',
  libvirt: 'libvirt',
  vmd: 'vmd',
  virtualbox: 'other',
  smartos: 'other',
  bhyve: 'bhyve',
  xhyve: 'other',
};

/** Proxmox VE, vmd and libvirt name the interfaces of their VMs each in a way of its own. */
function byNames(kase: Case): Known<string> {
  const interfaces = allThings(kase, 'interface', 'host');
  const proxmox = [...interfaces, ...allThings(kase, 'portVlan', 'host')].find(({ id }) =>
    /^(?:tap\d+i\d+|fwpr\d+p\d+)\b/.test(id),
  );
  if (proxmox) return known('proxmox', proxmox.at);
  const plugged = allThings(kase, 'qemuNic', 'host').find(({ says }) =>
    /^tap\d+i\d+$/.test(valueIn(says.tap) ?? ''),
  );
  if (plugged?.says.tap?.state === 'known') return known('proxmox', plugged.says.tap.at);
  const vmd = interfaces.find(({ says }) => /^vm\d+-if\d+-/.test(valueIn(says.description) ?? ''));
  if (vmd) return known('vmd', vmd.at);
  const libvirt = interfaces.find(
    ({ id, says }) => /^vnet\d{1,5}$/.test(id) && /^f[ea]:/.test(valueIn(says.mac) ?? ''),
  );
  return libvirt ? known('libvirt', libvirt.at) : unknown;
}

/** A guest of Proxmox or libvirt says no more than QEMU and KVM. */
function byHypervisor(kase: Case): Known<string> {
  return mapKnown(findThing(kase, 'guest', 'system', '')?.says.hypervisor, (name) =>
    name === 'vmd' || name === 'bhyve' ? name : name === 'qemu' || name === 'kvm' ? undefined : 'other',
  );
}

/** The systems that have one hypervisor of their own; what runs VMs on Linux is not told by that. Proxmox VE's kernels are named so. */
function bySystem(kase: Case): Known<string> {
  const host = findThing(kase, 'host', 'system', '')?.says;
  const isProxmox = valueIn(host?.os) === 'linux' && /-pve$/.test(valueIn(host?.release) ?? '');
  if (isProxmox && host?.release?.state === 'known') return known('proxmox', host.release.at);
  return mapKnown(host?.os, (os) => (os === 'openbsd' ? 'vmd' : os === 'freebsd' ? 'bhyve' : undefined));
}

function byQemu(kase: Case): Known<string> {
  const monitor = allThings(kase, 'qemuNic', 'host')[0];
  return monitor ? known('qemu', monitor.at) : unknown;
}
