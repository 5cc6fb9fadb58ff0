import type { ChecksumWord } from '../capture/tcpdump-checksum.ts';
import type { Packet } from '../capture/tcpdump-packet.ts';

/** What one frame holds: places of its parts in the bytes, -1 where it has none. One object for all frames, for speed. */
export type Layers = {
  /** Where what was captured ends, and where the frame would end. */
  captured: number;
  end: number;
  wireLength: number;
  /** Destination and source of an Ethernet frame; or the sender alone, of a cooked one. */
  macs: number;
  sender: number;
  /** 0: untagged. -1: the capture does not show tags. */
  vlan: number;
  /** EtherType of what is carried; -1 for 802.3, whose LLC header stands at `payload`. */
  type: number;
  payload: number;
  what: Packet['what'];
  /** Header of PF's log. */
  pflog: number;
  arp: number;
  ip: number;
  isSix: boolean;
  /** Total length of IPv4, payload length of IPv6. */
  ipLength: number;
  ipSum: 'good' | 'zero' | 'wrong' | undefined;
  protocol: number;
  isFragment: boolean;
  /** Where the transport's header begins, how long it and its data are, and whether all of it was captured. */
  transport: number;
  length: number;
  isWhole: boolean;
  checksum: ChecksumWord | undefined;
  /** The BOOTP message. */
  bootp: number;
  dhcp: Packet['dhcp'];
};

export function noLayers(): Layers {
  return {
    captured: 0,
    end: 0,
    wireLength: 0,
    macs: -1,
    sender: -1,
    vlan: -1,
    type: -1,
    payload: -1,
    what: 'other',
    pflog: -1,
    arp: -1,
    ip: -1,
    isSix: false,
    ipLength: 0,
    ipSum: undefined,
    protocol: -1,
    isFragment: false,
    transport: -1,
    length: 0,
    isWhole: false,
    checksum: undefined,
    bootp: -1,
    dhcp: undefined,
  };
}

export function clear(layers: Layers): void {
  layers.macs = -1;
  layers.sender = -1;
  layers.vlan = -1;
  layers.type = -1;
  layers.payload = -1;
  layers.what = 'other';
  layers.pflog = -1;
  layers.arp = -1;
  layers.ip = -1;
  layers.isSix = false;
  layers.ipLength = 0;
  layers.ipSum = undefined;
  layers.protocol = -1;
  layers.isFragment = false;
  layers.transport = -1;
  layers.length = 0;
  layers.isWhole = false;
  layers.checksum = undefined;
  layers.bootp = -1;
  layers.dhcp = undefined;
}
