/**
 * Reports of other tools (sosreport, insights, supportconfig, pvereport) tell all of a machine. Only what tells of its
 * network, its kernel and its virtual machines is read of them.
 */
export function isAskedCommand(command: string): boolean {
  return COMMAND.test(command) && !OTHERS.test(command);
}

/** A file that was copied as it is, by its full path. */
export function isAskedFile(path: string): boolean {
  return FILE.test(path);
}

const COMMAND =
  /^(?:ip |ethtool |bridge |brctl |ifconfig\b|arp\b|nstat\b|netstat -\S{0,6}[ims]|tc |lspci\b|lsmod\b|dmesg\b|journalctl .{0,60}(?:-k\b|--dmesg|--boot)|virsh .{0,40}(?:dumpxml|domiflist|domif-|list|net-)|ovs-(?:vsctl|appctl|ofctl) |iptables|ip6tables|nft |ebtables|nmcli|networkctl|wicked |pveversion|qm (?:config|showcmd|status) |sysctl |uname\b|vmstat -\S{0,8}i|pfctl |pciconf |pcidump |kldstat)/;

/** Of other network namespaces (containers), and lists of names alone. */
const OTHERS = /^ip netns |^ip \S{1,10} ?xfrm|^journalctl .{0,60}--list-boots/;

const FILE =
  /^\/(?:proc\/(?:interrupts|net\/(?:snmp|dev|softnet_stat)|cmdline|version|sys\/net\/ipv4\/ip_forward)|etc\/(?:network\/interfaces(?:\.d\/[^/]{1,80})?|netplan\/[^/]{1,80}\.ya?ml|sysconfig\/network(?:-scripts)?\/ifcfg-[^/]{1,40}|systemd\/network\/[^/]{1,80}|pve\/(?:[^/]{1,80}\/){0,3}(?:qemu-server\/\d{1,9}\.conf|firewall\/[\w.-]{1,40}\.fw|host\.fw)|libvirt\/qemu\/(?:networks\/)?[^/]{1,80}\.xml|udev\/rules\.d\/70-persistent-net\.rules)|var\/log\/(?:dmesg|messages|syslog|kern\.log|libvirt\/qemu\/[^/]{1,80}\.log))$/;
