// Reads: what virtio_net, virtio_ring, virtio-pci and the network stack say when something is wrong, in the texts of 2.6 to 6.18.
// Printed by: drivers/net/virtio_net.c, drivers/virtio/*.c, drivers/base/dd.c, net/sched/sch_generic.c, net/core/dev.c, net/bridge/br_fdb.c,
// br_stp_bpdu.c, net/ipv4/route.c, tcp_input.c, net/ipv6/addrconf.c. Fixtures: fixtures/outputs/linux-*/dmesg*.txt.

import { BLURRED_TIMEOUT } from './dmesg-rows.ts';

type Kind = {
  readonly code: string;
  /** Anchored where the words begin, behind what names the speaker. */
  readonly text: RegExp;
  /** Others say these words too: only behind the name of a virtio device. */
  readonly isVirtio?: true;
};

const KINDS: readonly Kind[] = [
  { code: 'tx-watchdog', text: /^NETDEV WATCHDOG: (?:CPU: \d{1,4}: )?transmit queue \d{1,5} timed out/ },
  {
    code: 'tx-watchdog',
    text: /^TX timeout on queue: \d{1,5}, sq: \S{1,20}, vq: 0x[\da-f]{1,4}, name: \S{1,20}, \d{1,16} us/,
  },
  { code: 'tx-queue-failure', text: /^Unexpected TXQ \(\d{1,5}\) queue failure: -\d{1,4}/ },
  {
    code: 'ring-broken',
    isVirtio: true,
    text: /^(?:[\w.]{1,20}: ?)?id \d{1,9} (?:is not a head!|out of range)/,
  },
  { code: 'probe-failed', isVirtio: true, text: /^probe with driver \S{1,30} failed with error -\d{1,4}/ },
  {
    code: 'version-1-missing',
    isVirtio: true,
    text: /^(?:virtio: )?device (?:uses modern interface but does not have|must provide) VIRTIO_F_(?:VERSION_1|ACCESS_PLATFORM)/,
  },
  {
    code: 'feature-negotiation-failed',
    isVirtio: true,
    text: /^(?:virtio: )?device (?:refuses features: [\da-f]{1,32}|advertises feature \w{8,40} but not \w{8,40})/,
  },
  {
    code: 'bar-not-mapped',
    isVirtio: true,
    text: /^(?:virtio_pci: )?(?:missing capabilities \d|.{0,30}bar unexpectedly changed|.{0,30}map virtio \S{1,20} out of range on bar|.{0,30}unable to map virtio)/,
  },
  {
    code: 'attach-failed',
    isVirtio: true,
    text: /^(?:bad notification offset \d|platform bug: legacy virtio-\w{2,5} must not be used|wrong magic value 0x)/i,
  },
  { code: 'vq-size-invalid', isVirtio: true, text: /^(?:bad queue size \d|Bad virtqueue length \d)/ },
  { code: 'irq-before-driver-ok', isVirtio: true, text: /^virtio vring IRQ raised before DRIVER_OK/ },
  { code: 'random-mac', isVirtio: true, text: /^Assigned random MAC address / },
  { code: 'mtu-invalid', isVirtio: true, text: /^device MTU appears to have changed/ },
  { code: 'queue-pairs-refused', text: /^Fail to set num of queue pairs to \d{1,5}/ },
  { code: 'offload-refused', text: /^Fail to set guest offload/ },
  { code: 'promisc-refused', text: /^Failed to (?:en|dis)able (?:promisc|allmulti) mode/ },
  { code: 'mac-filter-refused', text: /^Failed to set MAC filter table/ },
  { code: 'mac-refused', text: /^Failed to set mac address by vq command/ },
  { code: 'vlan-filter-refused', text: /^Failed to (?:add|kill) VLAN ID \d{1,4}/ },
  {
    code: 'ctrl-command-failed',
    text: /^(?:Failed to ack link announce|VIRTIONET issue with committing RSS|Failed to add sgs for command vq)/,
  },
  { code: 'ring-resize-failed', text: /^resize [rt]x fail: / },
  {
    code: 'xdp-queues',
    text: /^(?:XDP )?request(?:ed|s)? {1,3}\d{1,5} queues but max is {1,3}\d{1,5}/,
  },
  {
    code: 'xdp-refused',
    text: /^(?:virtio_net: )?(?:Can't set XDP while host is implementing |XDP requires MTU less than )/,
  },
  { code: 'bad-gso', text: /^bad gso: type: / },
  { code: 'hw-checksum-failure', text: /^hw csum failure/ },
  { code: 'suspect-gro', text: /^Driver has suspect GRO implementation/ },
  { code: 'address-in-use', text: /^IPv6 duplicate address \S{3,45}(?: used by \S{17})? detected!/ },
  {
    code: 'host-nic-hang',
    text: /^(?:Detected (?:Hardware|Tx) Unit Hang|Reset adapter unexpectedly|NIC Link is lost|PCIe link lost|Adapter reset, )/,
  },
  { code: 'link-up', text: /^(?:\S{2,15}:? )?(?:NIC Link is Up|Link is Up|link up\b|link becomes ready)/ },
  {
    code: 'link-down',
    text: /^(?:\S{2,15}:? )?(?:NIC Link is Down|Link is Down|link down\b|link is not ready)/,
  },
  { code: 'renamed', text: /^renamed from [\w.@-]{1,15}/ },
  { code: 'stp-refused', text: /^(?:bridge: )?STP does not work in non-root netns/ },
];

export type Speaker = {
  readonly driver?: string | undefined;
  /** `virtio0`, or a PCI address. */
  readonly device?: string | undefined;
  readonly name?: string | undefined;
  /** What is said, behind the names. */
  readonly words: string;
};

const NAME = '([a-zA-Z][\\w.@-]{0,14})';
const VIRTIO = new RegExp(
  `^(virtio_net) (virtio\\d{1,4})(?: (?:${NAME}|\\(unnamed net_device\\)))?(?: \\([a-z ]{1,20}\\)){0,2}: ?(.*)$`,
);
const ON_PCI = new RegExp(
  `^([a-z][\\w-]{1,15}) ((?:[\\da-f]{4}:)?[\\da-f]{2}:[\\da-f]{2}\\.\\d)(?: ${NAME})?(?: \\([a-z ]{1,20}\\)){0,2}: ?(?:(?:e1000e|igb|igc): )?(.*)$`,
);
const ON_CLASS = new RegExp(`^(?:net |TCP: |IPv6: |ICMPv6: )?${NAME}: (.*)$`);
const WATCHDOG = new RegExp(
  `^NETDEV WATCHDOG: ${NAME} \\(([\\w-]{1,20})\\): (transmit queue \\d{1,5} timed out.*)$`,
);
const LINK_OF = new RegExp(
  `^(?:(e1000e?|igb|ixgbe|tg3): |IPv6: )?(?:ADDRCONF\\(\\w{6,16}\\): )?${NAME}:? ((?:NIC )?[Ll]ink (?:is|becomes) .*)$`,
);
const PROBE = /^virtio[-_](?:net|pci|mmio): probe of (\S{1,30}) (failed with error -\d{1,4})/;

const WORDS = KINDS.map(({ text }) => text.source.replace(/^\^/, '')).join('|');
const HEAD = '(?:virtio_net virtio\\d{1,4}(?: [a-zA-Z][\\w.@-]{0,14})?|net [a-zA-Z][\\w.@-]{0,14})';

/** Begins like a message and is none: mail or a terminal cut it. */
export const TORN = new RegExp(
  `^(?:${HEAD}: (?!${WORDS})|NETDEV WATCHDOG: (?!\\S{1,15} \\(\\S{1,20}\\): transmit queue \\d{1,5} timed out)|virtio_net: probe of (?!\\S{1,30} failed with error -\\d)).{0,160}$|^virtio_net virtio\\d{1,4}(?: [a-zA-Z][\\w.@-]{0,14})?:?$`,
);

/** Who says it: `virtio_net virtio0 eth0: `, `e1000e 0000:00:1f.6 eno1: `, `net eth0: `, `eth0: `. */
export function speakerOf(text: string): Speaker {
  const [, watched, by, timeout] = WATCHDOG.exec(text) ?? [];
  if (watched) return { name: watched, driver: by, words: `NETDEV WATCHDOG: ${timeout}` };
  const [, driver, device, name, said] = VIRTIO.exec(text) ?? ON_PCI.exec(text) ?? [];
  if (driver) return { driver, device: device?.replace(/^0000:/, ''), name, words: said ?? '' };
  const [, probed, failed] = PROBE.exec(text) ?? [];
  if (probed)
    return {
      driver: 'virtio_net',
      device: probed.replace(/^0000:/, ''),
      words: `probe with driver virtio_net ${failed}`,
    };
  const [, owner, linked, state] = LINK_OF.exec(text) ?? [];
  if (linked) return { driver: owner, name: linked, words: state ?? '' };
  const [, spoken, words] = ON_CLASS.exec(text) ?? [];
  return spoken
    ? { name: spoken === 'virtio_net' ? undefined : spoken, words: words ?? '' }
    : { words: text };
}

/** The code of a message, if it is one that tells something of a NIC. */
export function codeOf({ driver, words }: Speaker, text: string): string | undefined {
  const isVirtio = driver === 'virtio_net' || driver?.startsWith('virtio') === true;
  const kind = KINDS.find((one) => (isVirtio || !one.isVirtio) && one.text.test(words));
  if (kind) return kind.code;
  return BLURRED_TIMEOUT.test(text) ? 'tx-watchdog' : undefined;
}
