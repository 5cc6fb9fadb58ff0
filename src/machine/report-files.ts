import type { Capture } from '../model/capture.ts';

/**
 * Which files of a sosreport or an insights archive tell of the network, and the command each is the output of:
 * both name a file after its command, blanks as `_` and slashes as `.` (sos/report/plugins, insights-client).
 */
export function reportFile(path: string): Pick<Capture, 'name' | 'side' | 'argv'> | undefined {
  const inside = path.replace(/^(?:\.\/)?(?:sosreport|insights)-[^/]{1,200}\//, '');
  const file = inside.slice(inside.lastIndexOf('/') + 1);
  if (PLAIN.test(inside))
    return { name: inside, side: 'unknown', argv: ['cat', `/${inside.replace(/^data\//, '')}`] };
  if (!COMMANDS.test(inside) || !WANTED.test(file)) return undefined;
  return { name: inside, side: 'unknown', argv: file.split('_').filter(Boolean) };
}

/** Whether a folder is such a report, unpacked. */
export function isReportFolder(entries: readonly string[]): boolean {
  return entries.some((entry) => /^(?:sos_commands|insights_commands|sos_reports)$/.test(entry));
}

const COMMANDS =
  /^(?:data\/)?(?:sos_commands\/(?:networking|pci|kernel|virsh|proxmox|openvswitch|firewall_tables|networkmanager|kvm)|insights_commands)\/[^/]{1,200}$/;

const WANTED =
  /^(?:ip_|ethtool_|bridge_|brctl_|nstat|netstat_-[is]|tc_|lspci|dmesg|journalctl_.{0,40}(?:-k|dmesg|boot)|virsh_.{0,20}(?:dumpxml|domiflist|net-)|ovs-vsctl_|ovs-appctl_|ovs-ofctl_|iptables_|ip6tables_|nft_|ebtables_|nmcli_|pveversion|qm_|sysctl_|uname)/;

const PLAIN =
  /^(?:data\/)?(?:proc\/(?:interrupts|net\/(?:snmp|dev|softnet_stat)|cmdline|version)|etc\/(?:network\/interfaces|netplan\/[^/]{1,80}\.ya?ml|sysconfig\/network-scripts\/ifcfg-[^/]{1,40}|systemd\/network\/[^/]{1,80}|pve\/(?:.{0,80}\/)?qemu-server\/\d{1,9}\.conf|libvirt\/qemu\/[^/]{1,80}\.xml)|var\/log\/(?:dmesg|messages|syslog|kern\.log))$/;
