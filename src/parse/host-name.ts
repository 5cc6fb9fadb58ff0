/** Names that installers and live media give, that posters put in place of their own, and shells in a prompt: they name no machine. */
const ANYBODY = new RegExp(
  `^(?:${[
    'localhost|none|unknown|amnesiac|hostname|host|guest|peer|vm|node|server|client|machine|computer|pc|laptop|desktop|box|test|example|myhost',
    'root|toor|admin|user|username|me|virtio|kvm|qemu|linux|live|livecd|livesystem|installer|rescue|recovery|setup|cloud|cloudimg|template',
    'debian|ubuntu|ubuntu-server|fedora|centos|rocky|almalinux|rhel|redhat|oracle|opensuse|suse|archlinux|archiso|arch|manjaro|alpine|gentoo',
    'nixos|kali|mint|raspberrypi|openwrt|lede|vyos|coreos|flatcar|buildroot|yocto|openbsd|freebsd|netbsd|dragonfly|pfsense|opnsense|proxmox|pve',
    'unix|bsd|-?(?:ba|k|c|tc|z|da|a|pdk|mk)?sh(?:-\\d[\\w.-]{0,10})?|fish|sudo|doas|su|ukc|ddb|ok|boot|loader|grub|mysql|sql|x{2,64}|\\W+',
  ].join('|')})$`,
  'i',
);

/** What a machine calls itself, without its domain and in lower case; undefined where the word names none in particular. */
export function hostName(word: string | undefined): string | undefined {
  const name = word?.split('.', 1)[0]?.toLowerCase();
  return name !== undefined && /^[a-z][\w-]{0,62}$/.test(name) && !ANYBODY.test(name) ? name : undefined;
}

const LOGGED =
  /^(?:> ?){0,4}(?:<\d{1,3}>)?(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?) ([\w.-]{1,64}) (?:kernel|\/(?:net)?bsd|[\w./-]{1,40}\[\d{1,10}\]): /;

/** The machine whose log a line is of, by the prefix that syslogd(8) and journalctl(1) write. */
export function loggingHost(line: string): string | undefined {
  return hostName(LOGGED.exec(line)?.[1]);
}
