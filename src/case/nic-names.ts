/** Drivers of virtio network devices, as the guests' systems call them. */
export const VIRTIO_DRIVERS: ReadonlySet<string> = new Set(['vio', 'vioif', 'vtnet', 'virtio_net', 'netkvm']);

/** Drivers of the NIC models that hypervisors emulate; real only on a machine that is known to be virtual. */
export const EMULATED_DRIVERS: ReadonlySet<string> = new Set([
  'em',
  'vmx',
  're',
  'rl',
  'pcn',
  'le',
  'ed',
  'xn',
  'xnf',
  'hn',
  'hvn',
  'igc',
  'ix',
  'dc',
  'fxp',
  'ne',
  'wm',
]);

/** The BSDs name an interface after its driver: `vtnet0`. */
const BY_DRIVER = new RegExp(
  `^(?:${[...VIRTIO_DRIVERS, ...EMULATED_DRIVERS].filter((name) => !name.includes('_')).join('|')})\\d{1,3}$`,
);
/** Names that the Linux kernel and udev give to Ethernet cards (systemd.net-naming-scheme(7)); a port's carry no `@`. */
export const LINUX_NIC = /^(?:eth\d{1,3}|en(?:[osx]|p\d)\w{1,12})$/;

/** The name of a network card, and not of a bridge, a VLAN or the like. */
export function isNicName(name: string): boolean {
  return BY_DRIVER.test(name) || LINUX_NIC.test(name);
}
