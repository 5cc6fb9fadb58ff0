import type { Parser } from '../model/sample.ts';
import { vmList } from './bhyve/vm-list.ts';
import { vmShow } from './bhyve/vm-show.ts';
import { ping } from './capture/ping.ts';
import { tcpdump } from './capture/tcpdump.ts';
import { wireshark } from './capture/wireshark.ts';
import { firmwareConsole } from './firmware/console.ts';
import { freebsdArp } from './freebsd/arp.ts';
import { configXml } from './freebsd/config-xml.ts';
import { consoleMenu } from './freebsd/console-menu.ts';
import { freebsdDmesg } from './freebsd/dmesg.ts';
import { freebsdIfconfig } from './freebsd/ifconfig.ts';
import { kldstat } from './freebsd/kldstat.ts';
import { loaderConf } from './freebsd/loader-conf.ts';
import { mounts } from './freebsd/mounts.ts';
import { freebsdNetstat } from './freebsd/netstat-i.ts';
import { netstatM } from './freebsd/netstat-m.ts';
import { netstatR } from './freebsd/netstat-r.ts';
import { pciconf } from './freebsd/pciconf.ts';
import { pfNat } from './freebsd/pf-nat.ts';
import { rcConf } from './freebsd/rc-conf.ts';
import { freebsdSysctl } from './freebsd/sysctl.ts';
import { freebsdVersion } from './freebsd/version.ts';
import { freebsdVmstat } from './freebsd/vmstat.ts';
import { hypervisorParsers, monitorParsers } from './hypervisor-parsers.ts';
import { bridgeFdb } from './linux/bridge-fdb.ts';
import { bridgeLink } from './linux/bridge-link.ts';
import { bridgeVlan } from './linux/bridge-vlan.ts';
import { bridgeVlanJson } from './linux/bridge-vlan-json.ts';
import { cloudInit } from './linux/cloud-init.ts';
import { dhcpClient } from './linux/dhcp-client.ts';
import { dhcpServer } from './linux/dhcp-server.ts';
import { linuxDmesg } from './linux/dmesg.ts';
import { ethtool } from './linux/ethtool.ts';
import { forwarderLog } from './linux/forwarder-log.ts';
import { ifcfg } from './linux/ifcfg.ts';
import { linuxIfconfig } from './linux/ifconfig.ts';
import { interfacesFile } from './linux/interfaces-file.ts';
import { ipLink } from './linux/ip-link.ts';
import { ipNeigh } from './linux/ip-neigh.ts';
import { ipRoute } from './linux/ip-route.ts';
import { iptables } from './linux/iptables.ts';
import { lspci } from './linux/lspci.ts';
import { missingDevice } from './linux/missing-device.ts';
import { modules } from './linux/modules.ts';
import { netplan } from './linux/netplan.ts';
import { nmcli } from './linux/nmcli.ts';
import { procInterrupts } from './linux/proc-interrupts.ts';
import { procNetDev } from './linux/proc-net-dev.ts';
import { procNetSnmp } from './linux/proc-net-snmp.ts';
import { setpci } from './linux/setpci.ts';
import { linuxSysctl } from './linux/sysctl.ts';
import { sysfsNet } from './linux/sysfs-net.ts';
import { tcFilter } from './linux/tc-filter.ts';
import { tcQdisc } from './linux/tc-qdisc.ts';
import { linuxUname } from './linux/uname.ts';
import { vlanFiltering } from './linux/vlan-filtering.ts';
import { netbsdParsers } from './netbsd/netbsd-parsers.ts';
import { configE } from './openbsd/config-e.ts';
import { dhcpdConf } from './openbsd/dhcpd-conf.ts';
import { dhcpleasectl } from './openbsd/dhcpleasectl.ts';
import { dmesg } from './openbsd/dmesg.ts';
import { hostnameFiles } from './openbsd/hostname-files.ts';
import { hostnameIf } from './openbsd/hostname-if.ts';
import { ifconfig } from './openbsd/ifconfig.ts';
import { kstat } from './openbsd/kstat.ts';
import { netstat } from './openbsd/netstat.ts';
import { netstatS } from './openbsd/netstat-s.ts';
import { pcidump } from './openbsd/pcidump.ts';
import { pfctl } from './openbsd/pf/pfctl.ts';
import { pfRules } from './openbsd/pf-rules.ts';
import { rcctl } from './openbsd/rcctl.ts';
import { reConfig } from './openbsd/re-config.ts';
import { route } from './openbsd/route.ts';
import { sysctl } from './openbsd/sysctl.ts';
import { openbsdUname } from './openbsd/uname.ts';
import { vectorClaim } from './openbsd/vector-claim.ts';
import { vmConf } from './openbsd/vmd/vm-conf.ts';
import { vmctl } from './openbsd/vmd/vmctl.ts';
import { vmdLog } from './openbsd/vmd/vmd-log.ts';
import { vmstat } from './openbsd/vmstat.ts';
import { hypervisorCrash } from './qemu/crash.ts';
import { macLimitLog } from './switch/mac-limit-log.ts';
import { windowsParsers } from './windows/windows-parsers.ts';

/** Every output that can be read. Order matters only where two begin alike: the stricter one first. */
export const parsers: readonly Parser[] = [
  vmShow,
  vmList,
  hypervisorCrash,
  firmwareConsole,
  ...hypervisorParsers,
  linuxSysctl,
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
  ipNeigh,
  ipRoute,
  tcQdisc,
  tcFilter,
  ethtool,
  missingDevice,
  linuxIfconfig,
  procNetDev,
  procNetSnmp,
  netplan,
  ifcfg,
  interfacesFile,
  cloudInit,
  nmcli,
  linuxUname,
  linuxDmesg,
  modules,
  dhcpClient,
  dhcpServer,
  forwarderLog,
  iptables,
  ping,
  dhcpdConf,
  macLimitLog,
  vmctl,
  vmConf,
  vmdLog,
  rcctl,
  hostnameFiles,
  hostnameIf,
  sysctl,
  openbsdUname,
  configE,
  reConfig,
  dmesg,
  ...netbsdParsers,
  freebsdDmesg,
  kldstat,
  loaderConf,
  rcConf,
  mounts,
  configXml,
  consoleMenu,
  ifconfig,
  freebsdIfconfig,
  pciconf,
  freebsdVersion,
  freebsdVmstat,
  freebsdSysctl,
  freebsdNetstat,
  netstatM,
  netstatR,
  freebsdArp,
  pfNat,
  vectorClaim,
  pcidump,
  vmstat,
  netstat,
  netstatS,
  route,
  kstat,
  pfctl,
  pfRules,
  dhcpleasectl,
  ...monitorParsers,
  ...windowsParsers,
  tcpdump,
  wireshark,
];
