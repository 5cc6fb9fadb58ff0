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
    asksFor: string;
    tells: string;
    count: number;
    maxLength: number;
    checksum: 'good' | 'partial' | 'bad' | 'wrong';
  };
  /** A packet capture as a whole, id: the interface, '' when not told. */
  packetCapture: { interface: string; showsTags: boolean; captured: number; dropped: number };
  /** A rule of a packet filter that translates addresses, id: the rule. */
  natRule: { on: string; from: string; to: string };
  /** What the person sees, id: ''. */
  complaint: { kind: Complaint };
};
