import type { Parser } from '../model/sample.ts';
import { tcpdump } from './capture/tcpdump.ts';
import { bridgeFdb } from './linux/bridge-fdb.ts';
import { bridgeLink } from './linux/bridge-link.ts';
import { bridgeVlan } from './linux/bridge-vlan.ts';
import { bridgeVlanJson } from './linux/bridge-vlan-json.ts';
import { ipLink } from './linux/ip-link.ts';
import { lspci } from './linux/lspci.ts';
import { procInterrupts } from './linux/proc-interrupts.ts';
import { setpci } from './linux/setpci.ts';
import { sysfsNet } from './linux/sysfs-net.ts';
import { vlanFiltering } from './linux/vlan-filtering.ts';
import { configE } from './openbsd/config-e.ts';
import { dhcpleasectl } from './openbsd/dhcpleasectl.ts';
import { dmesg } from './openbsd/dmesg.ts';
import { hostnameFiles } from './openbsd/hostname-files.ts';
import { hostnameIf } from './openbsd/hostname-if.ts';
import { ifconfig } from './openbsd/ifconfig.ts';
import { kstat } from './openbsd/kstat.ts';
import { netstat } from './openbsd/netstat.ts';
import { netstatS } from './openbsd/netstat-s.ts';
import { pcidump } from './openbsd/pcidump.ts';
import { pfRules } from './openbsd/pf-rules.ts';
import { reConfig } from './openbsd/re-config.ts';
import { route } from './openbsd/route.ts';
import { sysctl } from './openbsd/sysctl.ts';
import { vectorClaim } from './openbsd/vector-claim.ts';
import { vmstat } from './openbsd/vmstat.ts';
import { pveversion } from './proxmox/pveversion.ts';
import { qmConfig } from './proxmox/qm-config.ts';
import { typedCommands } from './proxmox/typed-commands.ts';
import { infoNetwork } from './qemu/info-network.ts';
import { infoPci } from './qemu/info-pci.ts';
import { infoQtree } from './qemu/info-qtree.ts';
import { infoStatus } from './qemu/info-status.ts';
import { infoVirtio } from './qemu/info-virtio.ts';
import { qmp } from './qemu/qmp.ts';
import { xp } from './qemu/xp.ts';

/** Every output that can be read. Order matters only where two begin alike: the stricter one first. */
export const parsers: readonly Parser[] = [
  typedCommands,
  qmConfig,
  pveversion,
  bridgeVlanJson,
  bridgeVlan,
  bridgeLink,
  bridgeFdb,
  vlanFiltering,
  ipLink,
  procInterrupts,
  lspci,
  setpci,
  sysfsNet,
  hostnameFiles,
  hostnameIf,
  sysctl,
  configE,
  reConfig,
  dmesg,
  ifconfig,
  vectorClaim,
  pcidump,
  vmstat,
  netstat,
  netstatS,
  route,
  kstat,
  pfRules,
  dhcpleasectl,
  infoNetwork,
  infoQtree,
  infoPci,
  infoStatus,
  infoVirtio,
  qmp,
  xp,
  tcpdump,
];
