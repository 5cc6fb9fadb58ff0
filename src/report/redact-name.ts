/** Places where a word is the name of a machine, a person or a VM, and nothing else. */
const PLACES: readonly RegExp[] = [
  // Prompts: root@pve:~#, fw1# ifconfig
  /^\[?([\w.-]{2,40})@([\w.-]{2,60})[: ][^\s#$%>]{0,60}[#$%>]/gm,
  /^([a-z][\w.-]{2,40})[#$%] \S/gm,
  // syslog: Nov 20 10:00:01 fw1 /bsd:
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d ([\w.-]{2,60}) /gm,
  // A kernel's builder, mail addresses
  /([\w.+-]{2,40})@([\w-]{1,40}(?:\.[\w-]{1,40}){1,5})/g,
  // qm config, vmd's taps, vmctl status
  /^name: ([\w.-]{2,60})$/gm,
  /description: vm\d{1,9}-if\d{1,3}-([\w.-]{2,60})/g,
  /^hostname="?([\w.-]{2,60})"?$/gm,
];

/** Words that stand in such places and name nobody, and what every OpenBSD kernel says of its builders. */
const NOBODY =
  /^(?:root|admin|user|operator|localhost|guest|host|kernel|bsd|deraadt|pve|vm\d{0,3}|[\w-]{0,30}\.?openbsd\.org|(?:vio|em|tap|eth|ens|vmbr|lo|vlan|bridge)\d{0,4}|config|ukc|qemu|qm)$/i;

/** All names in the order of their appearance, the longest of two that overlap first in the caller's replacing. */
export function findNames(texts: readonly string[]): string[] {
  const names = new Set<string>();
  for (const text of texts) {
    for (const place of PLACES) {
      for (const [, ...found] of text.matchAll(place)) {
        for (const name of found) if (name && !NOBODY.test(name) && !/^[\d.]+$/.test(name)) names.add(name);
      }
    }
  }
  return [...names];
}

/** `name1`, filled up to the length of the real one where that is longer, so that columns keep their width. */
export function nameStandIn(name: string, count: number): string {
  return `name${count}`.padEnd(name.length, 'x');
}
