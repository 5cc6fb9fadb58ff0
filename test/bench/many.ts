// Outputs of any length, as no machine prints them: what is read and judged must grow with them, and not with their square.

const mac = (number: number, first = '52:54:00') =>
  [first, ...[16, 8, 0].map((shift) => ((number >> shift) & 255).toString(16).padStart(2, '0'))].join(':');
const ip = (number: number) => `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
const seconds = (number: number) => (number / 10 + 1).toFixed(6).padStart(12);
const many = (count: number, make: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => make(number)).join('');

const linkHead = (name: string, number: number, more = '') =>
  `${number + 2}: ${name}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel ${more}state UP mode DEFAULT group default qlen 1000\n`;
const linkRest = (address: string) => `    link/ether ${address} brd ff:ff:ff:ff:ff:ff\n`;

/** By what there is so many of: a text that holds `count` of it. */
export const MANY: Readonly<Record<string, (count: number) => string>> = {
  'interfaces of OpenBSD': (count) =>
    many(
      count,
      (n) =>
        `vio${n}: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr ${mac(n)}\n\tindex ${n} priority 0 llprio 3\n\tmedia: Ethernet autoselect\n\tstatus: ${n % 2 ? 'active' : 'no carrier'}\n\tinet ${ip(n)} netmask 0xff000000 broadcast 10.255.255.255\n`,
    ),
  'interfaces of Linux': (count) => many(count, (n) => linkHead(`eth${n}`, n) + linkRest(mac(n))),
  'taps of a host': (count) =>
    many(count, (n) => linkHead(`tap${100 + n}i0`, n, `master vmbr${n % 7} `) + linkRest(mac(n, 'fe:24:11'))),
  'bridges of Linux': (count) => many(count, (n) => linkHead(`vmbr${n}`, n) + linkRest(mac(n))),
  'bridges of OpenBSD': (count) =>
    many(
      count,
      (n) =>
        `bridge${n}: flags=41<UP,RUNNING> mtu 1500\n\tindex ${n} llprio 3\n\tgroups: bridge\n\tpriority 32768 hellotime 2 fwddelay 15 maxage 20 holdcnt 6 proto rstp\n\ttap${n} flags=3<LEARNING,DISCOVER>\n\t\tport ${n} ifpriority 0 ifcost 0\n\tem0 flags=3<LEARNING,DISCOVER>\n\t\tport 1 ifpriority 0 ifcost 0\n`,
    ),
  'NICs in qm config': (count) =>
    `root@pve:~# qm config 107\nname: vm\n${many(count, (n) => `net${n}: virtio=${mac(n, 'BC:24:11').toUpperCase()},bridge=vmbr0,firewall=1\n`)}`,
  'VMs of qm config': (count) =>
    many(
      count,
      (n) =>
        `root@pve:~# qm config ${100 + n}\nname: vm\nnet0: virtio=${mac(n, 'BC:24:11').toUpperCase()},bridge=vmbr${n % 5}\n`,
    ),
  'VMs of vm.conf': (count) =>
    many(
      count,
      (n) =>
        `vm "vm${n}" {\n\tdisable\n\tmemory 512M\n\tinterface tap${n} { switch "s${n}" lladdr ${mac(n)} }\n}\nswitch "s${n}" {\n\tinterface bridge${n}\n}\n`,
    ),
  'MACs of a bridge': (count) => many(count, (n) => `${mac(n)} dev tap${100 + (n % 1000)}i0 master vmbr0\n`),
  neighbours: (count) => many(count, (n) => `${ip(n)} dev eth0 lladdr ${mac(n)} REACHABLE\n`),
  'NICs that a kernel complains of': (count) =>
    many(
      count,
      (n) => `[${seconds(n)}] virtio_net virtio${n} eth${n}: Unexpected TXQ (0) queue failure: -28\n`,
    ),
  'NICs without an address': (count) =>
    many(
      count,
      (n) =>
        `Nov 20 10:00:00 vm dhclient[1]: DHCPDISCOVER on eth${n} to 255.255.255.255 port 67 interval 8\n`,
    ),
  'lines of dmesg': (count) =>
    many(
      count,
      (n) => `[${seconds(n)}] vmbr0: port 2(tap107i0) entered ${n % 2 ? 'disabled' : 'forwarding'} state\n`,
    ),
  packets: (count) =>
    many(
      count,
      (n) =>
        `12:00:00.${String(n % 1_000_000).padStart(6, '0')} ${mac(n)} > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.1 tell ${ip(n)}, length 28\n`,
    ),
  interrupts: (count) =>
    `           CPU0       CPU1\n${many(count, (n) => `  ${24 + n}:   ${n}  0   PCI-MSI ${n}-edge      virtio${n}-input.0\n`)}`,
  'start-up files': (count) => many(count, (n) => `/etc/hostname.vio${n}:inet ${ip(n)} 255.255.255.0\n`),
  'taps of vmd': (count) =>
    many(
      count,
      (n) =>
        `tap${n}: flags=8943<UP,BROADCAST,RUNNING,PROMISC,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr ${mac(n, 'fe:e1:ba')}\n\tdescription: vm${n + 1}-if0-web${n}\n\tindex ${n + 20} priority 0 llprio 3\n\tgroups: tap\n\tstatus: active\n`,
    ),
  'local interfaces of vmd': (count) =>
    many(
      count,
      (n) =>
        `tap${n}: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr ${mac(n, 'fe:e1:ba')}\n\tdescription: vm${n + 1}-if0-web${n}\n\tindex ${n + 20} priority 0 llprio 3\n\tgroups: tap\n\tstatus: active\n\tinet 100.64.${n >> 7}.${2 * (n & 127)} netmask 0xfffffffe\n`,
    ),
  'rules of PF by address': (count) =>
    many(
      count,
      (n) =>
        `pass in on tap inet from 100.64.${n >> 7}.${2 * (n & 127)} to any\nmatch out on em0 inet from 100.64.${n >> 7}.${2 * (n & 127)}/31 to any nat-to (em0)\n`,
    ),
  'ports of a veb': (count) =>
    `veb0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST>\n\tdescription: switch1-lan\n\tindex 9 llprio 3\n\tgroups: veb\n${many(count, (n) => `\ttap${n} flags=3<LEARNING,DISCOVER>\n\t\tport ${n + 20} ifpriority 0 ifcost 0\n\tvlan${n} flags=3<LEARNING,DISCOVER>\n\t\tport ${n + 9000} ifpriority 0 ifcost 0\n`)}`,
  'VLANs of a host': (count) =>
    many(
      count,
      (n) =>
        `vlan${n}: flags=8943<UP,BROADCAST,RUNNING,PROMISC,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr 52:54:00:0e:51:01\n\tindex ${n + 9000} priority 0 llprio 3\n\tencap: vnetid ${n % 4095} parent em1 txprio packet rxprio outer\n\tgroups: vlan\n\tstatus: active\n`,
    ),
  'NICs with one MAC': (count) =>
    `${many(count, (n) => linkHead(`eth${n}`, n) + linkRest('bc:24:11:00:00:01'))}\nroot@pve:~# qm config 107\nname: vm\n${many(count, (n) => `net${n}: virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1\n`)}`,
  'NICs with the MAC of a VM': (count) =>
    `${many(count, (n) => linkHead(`eth${n}`, n) + linkRest('bc:24:11:00:00:01'))}\n${many(count, (n) => `root@pve:~# qm config ${100 + n}\nname: vm${n}\nnet0: virtio=BC:24:11:00:00:01,bridge=vmbr0\n`)}`,
  'rules of PF': (count) =>
    many(
      count,
      (n) =>
        `pass in on tap${n} inet from any to any\nmatch out on em0 inet from 10.0.${n & 255}.0/24 to any nat-to (em0)\n`,
    ),
  machines: (count) =>
    many(
      count,
      (n) =>
        `fw${n}# ifconfig vio0\nvio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr ${mac(n)}\n\tstatus: active\n\tinet ${ip(n)} netmask 0xff000000 broadcast 10.255.255.255\n`,
    ),
  'listings of one NIC with other MACs': (count) =>
    many(
      count,
      (n) =>
        `vio0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr ${mac(n)}\n\tstatus: active\n\n`,
    ),
  'machines that log': (count) =>
    many(count, (n) => `Nov 20 10:00:00 fw${n} kernel: vmbr0: port 2(tap107i0) entered forwarding state\n`),
  'lines of prose': (count) =>
    many(count, (n) => `This is line ${n} of some prose that means nothing, as forums have it.\n`),
};
