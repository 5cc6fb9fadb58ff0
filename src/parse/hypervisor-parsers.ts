import type { Parser } from '../model/sample.ts';
import { bhyveCommandLine } from './bhyve/command-line.ts';
import { domainXml } from './libvirt/domain-xml.ts';
import { domifstat } from './libvirt/domifstat.ts';
import { networkXml } from './libvirt/network-xml.ts';
import { virshTables } from './libvirt/tables.ts';
import { brctl } from './linux/brctl.ts';
import { processes } from './linux/processes.ts';
import { sysfsBridge } from './linux/sysfs-bridge.ts';
import { ovsList } from './openvswitch/ovs-list.ts';
import { ovsShow } from './openvswitch/ovs-show.ts';
import { ovsSwitch } from './openvswitch/ovs-switch.ts';
import { ovsTyped } from './openvswitch/typed-commands.ts';
import { pveFirewall } from './proxmox/firewall.ts';
import { firewallCompile } from './proxmox/firewall-compile.ts';
import { pveversion } from './proxmox/pveversion.ts';
import { qmConfig } from './proxmox/qm-config.ts';
import { typedCommands } from './proxmox/typed-commands.ts';
import { commandLine } from './qemu/command-line.ts';
import { infoNetwork } from './qemu/info-network.ts';
import { infoPci } from './qemu/info-pci.ts';
import { infoQtree } from './qemu/info-qtree.ts';
import { infoStatus } from './qemu/info-status.ts';
import { infoVirtio } from './qemu/info-virtio.ts';
import { qmp } from './qemu/qmp.ts';
import { hypervisorRefusals } from './qemu/refusals.ts';
import { xp } from './qemu/xp.ts';
import { vmadm } from './smartos/vmadm.ts';
import { vboxmanage } from './virtualbox/vboxmanage.ts';

/** What hosts of virtual machines print: configurations, command lines, messages, switches. The stricter one first. */
export const hypervisorParsers: readonly Parser[] = [
  typedCommands,
  ovsTyped,
  hypervisorRefusals,
  vmadm,
  vboxmanage,
  processes,
  commandLine,
  bhyveCommandLine,
  domainXml,
  ovsShow,
  ovsList,
  ovsSwitch,
  networkXml,
  domifstat,
  virshTables,
  qmConfig,
  pveFirewall,
  firewallCompile,
  pveversion,
  brctl,
  sysfsBridge,
];

/** QEMU's monitor, by hand (HMP) and by machine (QMP). */
export const monitorParsers: readonly Parser[] = [
  infoNetwork,
  infoQtree,
  infoPci,
  infoStatus,
  infoVirtio,
  qmp,
  xp,
];
