/** Places where a word is the name of a machine, a person or a VM, and nothing else. One or two groups hold names. */
const PLACES: readonly RegExp[] = [
  // Prompts: root@pve:~#, [root@pve ~]#, fw1# ifconfig, fw1$ dmesg
  /^[>|\s]{0,20}\[?([\w.-]{2,40})@([\w.-]{2,60})[: ][^\s#$%>]{0,60}[ \]]{0,2}[#$%]/gm,
  /^[>|\s]{0,20}([a-z][\w.-]{1,40})[#$%] [a-z/]/gm,
  // syslog: Nov 20 10:00:01 fw1 /bsd: ..., 2026-11-20T10:00:01+01:00 pve kernel: ...
  /^[>|\s]{0,20}(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})? ([\w.-]{2,60}) [\w./()@-]{1,60}(?:\[\d{1,10}\])?:/gm,
  /^[>|\s]{0,20}(?:<\d{1,3}>)?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,16} ([\w.-]{2,60}) [\w./()@-]{1,60}(?:\[\d{1,10}\])?:/gm,
  // Mail and ssh addresses; the builder of a kernel, before its path or in Linux's version line
  /(?<![\w.+-])([\w.+-]{2,40})@([\w-]{1,40}(?:\.[\w-]{1,40}){1,5})(?![\w@-])/g,
  /(?<![\w.+-])([\w.+-]{2,40})@([\w-]{2,60}):\//g,
  /^[>|\s]{0,20}(?:\[[ \d.]{1,16}\] )?Linux version \S{1,60} \(([\w.-]{2,40})@([\w.-]{2,60})\)/gm,
  /\bssh (?:-[A-Za-z0-9]{1,3} (?:\d{1,5} )?){0,4}([\w.-]{2,40})@([A-Za-z][\w.-]{1,60})(?=\s|$)/g,
  // uname -a, hostname, hostnamectl, resolv.conf, rc.conf
  /^[>|\s]{0,20}(?:uname:? )?(?:Linux|OpenBSD|FreeBSD|NetBSD) ([A-Za-z][\w.-]{1,60}) \d{1,2}\.\d\S{0,40} (?:#\d|[A-Z]{3})/gm,
  /^[>|\s]{0,20}(?:kern\.hostname|Static hostname|hostname|HOSTNAME)\s{0,3}[=:]\s{0,3}"?([\w.-]{2,60})"?\s*$/gm,
  /^[>|\s]{0,20}(?:search|domain)\s{1,8}([\w-]{1,40}(?:\.[\w-]{1,40}){1,5})(?: ([\w-]{1,40}(?:\.[\w-]{1,40}){1,5}))?\s*$/gm,
  // qm config, qm list, vmctl status, virsh list, vm.conf, vmd's taps, QEMU's command line, libvirt's XML
  /^[>|\s]{0,20}name: ([\w.-]{2,60})\s*$/gm,
  /^[>|\s]{0,20}\d{3,9} ([\w.-]{2,60}) {1,40}(?:running|stopped|paused) {1,20}\d/gm,
  /^[>|\s]{0,20}(?:\d{1,6}|-) {2,8}([\w.-]{2,60}) {2,60}(?:running|shut off|paused|idle)\s*$/gm,
  /^[>|\s]{0,20}\d{1,5} {1,8}(?:\d{1,7}|-) {1,8}\d{1,3} {1,8}\S{1,8} {1,8}\S{1,8} {1,8}\S{1,8} {1,16}([\w.-]{1,40}) {1,8}(?:running|stopped|paused|stopping|waiting|unknown) ([\w.-]{2,60})\s*$/gm,
  /^[>|\s]{0,20}vm "([\w.-]{2,60})" \{/gm,
  /^[>|\s]{0,20}vm "[\w.-]{2,60}" instance "?([\w.-]{2,60})"? \{/gm,
  /^[>|\s]{0,20}\d{1,5} {1,8}(?:\d{1,7}|-) {1,8}\d{1,3} {1,8}\S{1,8} {1,8}\S{1,8} {1,8}(?:tty\w{1,4}|-) {1,16}([\w.-]{1,40}) ([\w.-]{2,60})\s*$/gm,
  /description:? vm\d{1,9}-if\d{1,3}-([\w.-]{2,60})/g,
  // vmd's log and processes, vmctl as it is typed
  /\bstarted ([\w.-]{2,60}) \(vm \d{1,6}\) successfully/g,
  /(?:^|: )([\w.-]{2,60}): (?:started vm|failed to (?:start|configure) vm)\b/gm,
  /\bvmd: ([\w.-]{2,60})(?:\/vio\w{1,12})? \(vmd\)/g,
  /\bvmctl (?:stop|console|pause|unpause|status|start)(?: -\w{1,3}(?: [^\s-]\S{0,100})?){0,12} "?([A-Za-z][\w.-]{1,60})"?\s*$/gm,
  /\s-name '?(?:guest=([\w.-]{2,60})|([\w.-]{2,60})(?=,debug-threads|'? -(?:m|smp|machine|cpu|enable-kvm|drive|no-shutdown)\b))/g,
  /<domain[^>]{0,200}>\s{0,20}<name>([\w.-]{2,60})<\/name>/g,
  // bhyve's processes, vm-bhyve's descriptions, virsh domstats
  /\bbhyve: ([\w.-]{2,60}) \(bhyve\)/g,
  /\bvmnet\/([\w.-]{2,60})\/\d{1,3}\//g,
  /\bVirtual Machine: ([\w.-]{2,60})\s*$/gm,
  /^[>|\s]{0,20}Domain: '([\w.+@-]{2,60})'\s*$/gm,
  /\bvirsh (?:domifstat|domstats|domiflist|domif-getlink|domif-setlink|dumpxml|start|shutdown|edit)(?: --?[a-z]{2,20}){0,3} ([A-Za-z][\w.+-]{1,60})(?=\s|$)/g,
  // DHCP: what a client calls itself
  /\bhost-?name(?: Option 12, length \d{1,3}:)? "([\w.-]{2,60})"/gi,
  /\bDHCP[A-Z]{4,9} .{1,120} \(([\w.-]{2,60})\) via /g,
  // Home folders
  /\/(?:home|Users)\/([\w.-]{2,40})(?=\/|\s|$)/g,
];

/** Words that stand in such places and name nobody: roles, systems, programs, interfaces, words of any report. */
const NOBODY = new RegExp(
  `^(?:${[
    'root|admin|administrator|user|users|operator|test|guest|host|peer|server|client|default|unknown|localhost|none|last',
    'kernel|bsd|kern|vm|vms|pve|qm|qemu|kvm|libvirt|vmd|virtio|config|ukc|ddb|boot|monitor|version|command|build|buildd|builder',
    'mockbuild|debian-kernel|deraadt|openbsd|freebsd|netbsd|linux|debian|ubuntu|fedora|alpine|windows|opnsense|pfsense|proxmox|vyos|openwrt',
    'firewall|gateway|router|bridge|switch|network|web|mail|dns|dhcp|ssh|sshd|ssh\\.exe|git|local|lan|wan|dmz|uplink|link|tap|no|not',
    'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|hypervisor|vmhost|xxx',
    'certain|likely|possible|the|this|from|with|and|for|you|your|sh|bash|ksh|zsh|csh|su|sudo|doas|ifconfig|dmesg|tcpdump|ip|ping|info|cat',
    '(?:vm|node|host|guest|vmbr|vio|em|tap|eth|ens|enp|lo|vlan|bridge|veth|fwbr|fwpr|fwln|net|if)\\d{0,4}',
  ].join('|')})$`,
  'i',
);

/** Everybody's build and mail hosts, and RFC 2606's names. */
const PUBLIC_DOMAIN =
  /(?:^|\.)(?:(?:openbsd|freebsd|netbsd|debian|kernel|qemu|libvirt|linux|proxmox|ubuntu|launchpad|redhat|fedoraproject|archlinux)\.(?:org|com|net|dev)|example\.(?:org|com|net)|example|invalid|localhost)$/i;
/** getty@ttyS0.service, eth0.40@bond0.5: no mail addresses. */
const NO_DOMAIN = /\.(?:service|socket|timer|mount|slice|scope|target|device|\d{1,5})$|^[\d.]+$/;

/** All names in the order of their appearance, lower case; of a full one the host and its domain apart. */
export function findNames(texts: readonly string[]): string[] {
  const names = new Set<string>();
  for (const text of texts) {
    for (const place of PLACES) {
      for (const match of text.matchAll(place)) addNames(match, names);
    }
  }
  return [...names];
}

function addNames([whole, ...groups]: readonly (string | undefined)[], names: Set<string>): void {
  const found = groups.filter((group) => group !== undefined);
  const isMail = whole?.includes('@') ?? false;
  const [last = ''] = found.slice(-1);
  if (isMail && NO_DOMAIN.test(last)) return;
  for (const name of found.flatMap(partsOf)) {
    if (name.length > 2 && !NOBODY.test(name) && !/^[\d.-]+$/.test(name)) names.add(name);
  }
}

/** `fw.example.net`: host and domain; a domain that is everybody's names nobody, and its hosts neither. */
function partsOf(found: string): string[] {
  const name = found.toLowerCase().replace(/^[.-]+|[.-]+$/g, '');
  if (PUBLIC_DOMAIN.test(name)) return [];
  const [host = '', ...domain] = name.split('.');
  return domain.length < 2 ? [name] : [host, domain.join('.')];
}

/** `name1`, filled up to the length of the real one where that is longer, so that columns keep their width. */
export function nameStandIn(name: string, count: number): string {
  if (name.includes('.') && name.length > 12) return `${`name${count}`.padEnd(name.length - 8, 'x')}.example`;
  const short = `n${count}`;
  return name.length < 5 ? short.padEnd(name.length, 'x') : `name${count}`.padEnd(name.length, 'x');
}
