import type { MachineSummary, NicSummary, Report } from '../model/report.ts';
import { symptom } from './narrative.ts';
import { mainFinding } from './words.ts';

/** One line that names driver, system, hypervisor and symptom: the subject of a report. */
export function subject(report: Report): string {
  const about = mainFinding(report)?.nic ?? report.findings[0]?.nic;
  const nic = report.nics.find(({ name }) => name === about) ?? report.nics[0];
  const system = [osName(report.guest.os ?? nic?.os ?? null), report.guest.release].filter(Boolean).join(' ');
  const host = hostName(report);
  const where = [system, host && `on ${host}`].filter(Boolean).join(' ');
  return `${nic ? nicName(nic) : 'virtio NIC'}: ${symptom(report)}${where && ` (${where})`}`.replace(
    /\s+/g,
    ' ',
  );
}

/** The BSDs name a NIC after its driver; Linux does not. */
function nicName({ name, driver }: NicSummary): string {
  return driver === null || name.startsWith(driver) ? name : `${name} (${driver})`;
}

export function osName(os: string | null): string {
  const names: Record<string, string> = {
    openbsd: 'OpenBSD',
    freebsd: 'FreeBSD',
    netbsd: 'NetBSD',
    dragonfly: 'DragonFly',
    linux: 'Linux',
    windows: 'Windows',
  };
  return os === null ? '' : (names[os] ?? os);
}

function hostName({ host, guest }: Report): string {
  if (host.proxmox) return `Proxmox VE ${host.proxmox}`;
  if (host.qemu) return `QEMU ${host.qemu}`;
  if (host.os === 'openbsd') return ['OpenBSD', host.release, 'vmd'].filter(Boolean).join(' ');
  return guest.hypervisor ?? '';
}

/** What a reader of the report wants to know of both machines; what is unknown says so. */
export function environment(report: Report): [string, string][] {
  return [
    ['Guest', machine(report.guest)],
    ['Host', machine(report.host)],
    ...report.nics.map((nic): [string, string] => [`NIC ${nic.name}`, nicWords(nic)]),
  ];
}

function nicWords(nic: NicSummary): string {
  const parts = [
    nic.driver,
    nic.mac,
    nic.interrupts,
    nic.up === null ? null : nic.up ? 'UP' : 'not UP',
    nic.link,
    nic.vm && `VM ${nic.vm}`,
    nic.tap && `tap ${nic.tap}`,
    nic.bridge && `bridge ${nic.bridge}`,
    nic.vlan !== null && `VLAN ${nic.vlan}`,
    nic.offloads && nic.offloads.length > 0 && nic.offloads.join(' '),
  ];
  return parts.filter(Boolean).join(', ') || 'seen by name only';
}

function machine(summary: MachineSummary): string {
  const { os, release, kernel, product, hypervisor, proxmox, qemu } = summary;
  const parts = [
    [osName(os), release, kernel && `(${kernel})`].filter(Boolean).join(' '),
    proxmox && `Proxmox VE ${proxmox}`,
    qemu && `QEMU ${qemu}`,
    product,
    hypervisor && `under ${hypervisor}`,
  ];
  return parts.filter(Boolean).join(', ') || 'not told';
}
