import type { Complaint } from './words.ts';

/** What packet captures show, and what people say. */
export type WireThings = {
  /** Something a person states without an output that prints it, id: what it is about. */
  claim: { value: number; text: string };
  /** Packets that look alike in one packet capture, id: a description of the flow. */
  traffic: {
    /** Where it was captured; from the header line, the command or -i any. */
    interface: string;
    from: string;
    to: string;
    /** 0: seen to be untagged. Absent: the capture does not show tags (no -e). */
    vlan: number;
    what:
      | 'arp-request'
      | 'arp-reply'
      | 'dhcp-request'
      | 'dhcp-reply'
      | 'ipv4'
      | 'ipv6'
      | 'stp'
      | 'rarp'
      | 'other';
    /** DHCP's message type, where the capture shows it (-v). */
    dhcp: 'discover' | 'offer' | 'request' | 'decline' | 'ack' | 'nack' | 'release' | 'inform';
    asksFor: string;
    tells: string;
    /** The MAC that an ARP reply gives for what it tells. */
    isAt: string;
    count: number;
    maxLength: number;
    /** When the first and the last of them were seen: seconds of the day, or since 1970 where the capture tells the date. */
    firstAt: number;
    lastAt: number;
    checksum: 'good' | 'partial' | 'bad' | 'wrong';
  };
  /** A packet capture as a whole, id: the interface, '' when not told. */
  packetCapture: {
    interface: string;
    showsTags: boolean;
    captured: number;
    dropped: number;
    /** Packets of more flows than are kept: what is not seen here may have passed. */
    leftOut: number;
    /** As in `traffic`. */
    firstAt: number;
    lastAt: number;
  };
  /** One direction of a TCP connection in a packet capture, id: `from.port > to.port on tap107i1`. */
  stream: {
    interface: string;
    /** SYNs sent, and whether a SYN-ACK (or a reset) came back. */
    opens: number;
    answered: boolean;
    /** How often one and the same segment was sent again, and the length of its data. */
    repeats: number;
    repeatedLength: number;
    /** What the opening side takes at most. */
    mss: number;
    /** Segments longer than the mss (cut later, by TSO or GRO), and those of them whose first octet was sent again. */
    largeSent: number;
    largeResent: number;
  };
  /** ICMP "need to frag" or "packet too big" seen in a packet capture, id: who says it. */
  tooBig: { mtu: number };
  /** A run of ping, id: `target size`. Size is that of the data; an IPv4 packet has 28 octets more. */
  ping: {
    target: string;
    size: number;
    /** Sent with "don't fragment" (-M do, -D). */
    unfragmented: boolean;
    sent: number;
    received: number;
    duplicates: number;
    /** The sender itself refused: its own MTU. */
    localMtu: number;
    /** A router on the way refused: the MTU it told. */
    pathMtu: number;
    /** Nobody answered ARP: "Destination Host Unreachable" from the own address. */
    unreachable: boolean;
    noRoute: boolean;
  };
  /** What a DHCP server did for a client, id: `mac address`; the address is '' where none was offered. */
  dhcpLease: {
    mac: string;
    address: string;
    asked: boolean;
    offered: boolean;
    accepted: boolean;
    declined: boolean;
  };
  /**
   * A rule or a policy of Linux's packet filters that matters to a NIC, id: `chain text`. Actions: drop, policy-drop, translate,
   * nat-listed (the chain that translates was listed), checksum-fill. What it hit is the counter `filtered` of its id.
   */
  filterRule: {
    chain: string;
    action: string;
    /** The interface that it comes from, or whose chain it is; and the one that it goes to. */
    interface: string;
    to: string;
    /** It hits all senders but this MAC. */
    onlyFrom: string;
    text: string;
  };
  /** A rule of a packet filter that translates addresses, id: the rule. */
  natRule: { on: string; from: string; to: string };
  /** Rules of PF that stand together, id: where they were read. */
  pfRuleset: {
    /** '' for the main ruleset, else the anchor that was asked for. */
    anchor: string;
    /** As pfctl prints what is in force; false: as a file has it. */
    isLoaded: boolean;
    /** Interfaces and groups of `set skip on`. */
    skip: readonly string[];
    /** Another file is included, or a row was not understood: more may stand in it. */
    hasUnread: boolean;
  };
  /**
   * One filter rule of PF with its macros put in, id: where it was read; or the call of an anchor. Lists are "any of"; absent
   * means any. `!` stands in front of what is negated.
   */
  pfRule: {
    ruleset: string;
    order: number;
    action: 'pass' | 'block' | 'match' | 'anchor' | 'load-anchor';
    direction: 'in' | 'out';
    quick: boolean;
    log: boolean;
    on: readonly string[];
    family: 'inet' | 'inet6';
    proto: readonly string[];
    from: readonly string[];
    to: readonly string[];
    fromPort: readonly string[];
    toPort: readonly string[];
    natTo: readonly string[];
    tag: string;
    /** It has a condition that is not read here (user, tagged, received-on, ...). */
    isConditional: boolean;
    /** It stands in the block of an anchor. */
    isInside: boolean;
    /** Of anchors: the name, whether their rules stand below, and the file that `load anchor` reads. */
    anchor: string;
    isShown: boolean;
    path: string;
    /** With -v: how often it decided. */
    packets: number;
  };
  /** A connection that PF translates, id: the state. */
  natState: { inside: string; outside: string; to: string; isAnswered: boolean };
  /** What PF logged of packets that look alike (pflog), id: a description. */
  pfVerdict: {
    action: 'pass' | 'block' | 'match' | 'nat' | 'rdr' | 'binat' | 'scrub';
    direction: 'in' | 'out';
    interface: string;
    /** `2`, `def` for what no rule matched, `5.vm/web01.0` inside an anchor. */
    rule: string;
    from: string;
    to: string;
    what: string;
    /** The client's, of DHCP. */
    mac: string;
    count: number;
  };
  /** PF as a whole, id: ''. */
  pf: { enabled: boolean };
  /** What the person sees, id: ''. */
  complaint: { kind: Complaint };
};
