import type { CollectedMachine } from '../../model/collection.ts';

const SYSTEMS: Readonly<Record<string, string>> = {
  openbsd: 'OpenBSD',
  freebsd: 'FreeBSD',
  netbsd: 'NetBSD',
  dragonfly: 'DragonFly',
  linux: 'Linux',
};
const HYPERVISORS: Readonly<Record<string, string>> = {
  proxmox: 'Proxmox VE',
  libvirt: 'libvirt',
  qemu: 'QEMU',
  vmd: 'vmd',
  bhyve: 'bhyve',
};

/** `guest: root@fw, OpenBSD 7.8, a guest, as root` */
export function whereLine(machine: CollectedMachine): string {
  return `${machine.machine}: ${machine.where}, ${machineLine(machine)}`;
}

/** `OpenBSD 7.8, a guest, as root`; `Linux 6.8.12-4-pve, a host (Proxmox VE, 5 VMs), not as root`. */
export function machineLine({ survey }: CollectedMachine): string {
  const { os, release, isGuest, isRoot, hypervisors, vms } = survey;
  const system =
    os === undefined ? 'a system not known here' : `${SYSTEMS[os]}${release ? ` ${release}` : ''}`;
  const runs = hypervisors.map((name) => HYPERVISORS[name]).join(', ');
  const host = runs === '' ? '' : `a host (${runs}, ${vms.length} VM${vms.length === 1 ? '' : 's'})`;
  const what = [isGuest ? 'a guest' : '', host].filter(Boolean).join(' and ');
  return [system, what || 'neither a guest nor a host of VMs', isRoot ? 'as root' : 'not as root'].join(', ');
}
