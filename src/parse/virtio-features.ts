/**
 * Names of the feature bits of a virtio network device, as QEMU prints them (hw/virtio/virtio-qmp.c).
 * Bits: virtio 1.3, 5.1.3 and 6; OASIS virtio-spec device-types/net/description.tex, content.tex.
 */
const NAMES: Readonly<Record<number, string>> = {
  0: 'VIRTIO_NET_F_CSUM',
  1: 'VIRTIO_NET_F_GUEST_CSUM',
  2: 'VIRTIO_NET_F_CTRL_GUEST_OFFLOADS',
  3: 'VIRTIO_NET_F_MTU',
  5: 'VIRTIO_NET_F_MAC',
  6: 'VIRTIO_NET_F_GSO',
  7: 'VIRTIO_NET_F_GUEST_TSO4',
  8: 'VIRTIO_NET_F_GUEST_TSO6',
  9: 'VIRTIO_NET_F_GUEST_ECN',
  10: 'VIRTIO_NET_F_GUEST_UFO',
  11: 'VIRTIO_NET_F_HOST_TSO4',
  12: 'VIRTIO_NET_F_HOST_TSO6',
  13: 'VIRTIO_NET_F_HOST_ECN',
  14: 'VIRTIO_NET_F_HOST_UFO',
  15: 'VIRTIO_NET_F_MRG_RXBUF',
  16: 'VIRTIO_NET_F_STATUS',
  17: 'VIRTIO_NET_F_CTRL_VQ',
  18: 'VIRTIO_NET_F_CTRL_RX',
  19: 'VIRTIO_NET_F_CTRL_VLAN',
  20: 'VIRTIO_NET_F_CTRL_RX_EXTRA',
  21: 'VIRTIO_NET_F_GUEST_ANNOUNCE',
  22: 'VIRTIO_NET_F_MQ',
  23: 'VIRTIO_NET_F_CTRL_MAC_ADDR',
  24: 'VIRTIO_F_NOTIFY_ON_EMPTY',
  27: 'VIRTIO_F_ANY_LAYOUT',
  28: 'VIRTIO_RING_F_INDIRECT_DESC',
  29: 'VIRTIO_RING_F_EVENT_IDX',
  30: 'VIRTIO_F_BAD_FEATURE',
  32: 'VIRTIO_F_VERSION_1',
  33: 'VIRTIO_F_ACCESS_PLATFORM',
  34: 'VIRTIO_F_RING_PACKED',
  35: 'VIRTIO_F_IN_ORDER',
  36: 'VIRTIO_F_ORDER_PLATFORM',
  37: 'VIRTIO_F_SR_IOV',
  38: 'VIRTIO_F_NOTIFICATION_DATA',
  39: 'VIRTIO_F_NOTIF_CONFIG_DATA',
  40: 'VIRTIO_F_RING_RESET',
  41: 'VIRTIO_F_ADMIN_VQ',
  53: 'VIRTIO_NET_F_NOTF_COAL',
  54: 'VIRTIO_NET_F_GUEST_USO4',
  55: 'VIRTIO_NET_F_GUEST_USO6',
  56: 'VIRTIO_NET_F_HOST_USO',
  57: 'VIRTIO_NET_F_HASH_REPORT',
  59: 'VIRTIO_NET_F_GUEST_HDRLEN',
  60: 'VIRTIO_NET_F_RSS',
  61: 'VIRTIO_NET_F_RSC_EXT',
  62: 'VIRTIO_NET_F_STANDBY',
  63: 'VIRTIO_NET_F_SPEED_DUPLEX',
};

/** Of a number such as `0x130870020`: the names of its bits, `bit 43` for one without a name. */
export function featuresOfMask(mask: bigint): string[] {
  return featuresOfString(mask.toString(2).slice(0, 256).split('').reverse().join(''));
}

/** Of sysfs: character i of the string of 0 and 1 is bit i (drivers/virtio/virtio.c, features_show). */
export function featuresOfString(bits: string): string[] {
  return [...bits].flatMap((bit, index) => (bit === '1' ? [NAMES[index] ?? `bit ${index}`] : []));
}
