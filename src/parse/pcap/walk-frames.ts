// Reads: packet captures as files: pcap (both byte orders, micro- and nanoseconds) and pcapng, frame by frame.
// Printed by: libpcap sf-pcap.c, sf-pcapng.c; draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
// Fixtures: fixtures/outputs/pcap-*/*.pcap, *.pcapng.

import { type ByteFeed, feedFrom, uint32 } from './byte-feed.ts';
import type { Ending, TakeFrame } from './frame.ts';
import { walkPcap } from './pcap-records.ts';
import { walkPcapng } from './pcapng-blocks.ts';

const MAGIC: Readonly<Record<string, { isSwapped: boolean; isNano: boolean }>> = {
  a1b2c3d4: { isSwapped: false, isNano: false },
  d4c3b2a1: { isSwapped: true, isNano: false },
  a1b23c4d: { isSwapped: false, isNano: true },
  '4d3cb2a1': { isSwapped: true, isNano: true },
};
const PCAPNG = '0a0d0d0a';
/** Alexey Kuznetzov's patch of libpcap 0.4 (Red Hat and SuSE of about 1999): longer heads before each frame. */
const KUZNETZOV = /^(?:a1b2cd34|34cdb2a1)$/;

/** Whether a file is a packet capture, by its first four bytes. */
export function isPacketFile(head: Uint8Array): boolean {
  const magic = head.length < 4 ? '' : hexOf(uint32(head, 0));
  return magic in MAGIC || magic === PCAPNG || KUZNETZOV.test(magic);
}

/** Walks through a capture once, in bounded memory. It does not throw, whatever the bytes are. */
export function walkFrames(pieces: Iterable<Uint8Array>, take: TakeFrame): Ending {
  const feed = feedFrom(pieces);
  try {
    return walk(feed, take);
  } finally {
    feed.close();
  }
}

function walk(feed: ByteFeed, take: TakeFrame): Ending {
  if (!feed.take(4)) return { frames: 0, on: [], as: 'cut' };
  const magic = hexOf(uint32(feed.data, feed.from));
  if (magic === PCAPNG) return walkPcapng(feed, take);
  const kind = MAGIC[magic];
  if (kind) return walkPcap(feed, kind, take);
  const why = KUZNETZOV.test(magic)
    ? 'it is of a modified libpcap (magic a1b2cd34); write it anew with `tcpdump -r FILE -w NEW`'
    : 'it does not begin as a packet capture does';
  return { frames: 0, on: [], as: 'foreign', why };
}

function hexOf(value: number): string {
  return value.toString(16).padStart(8, '0');
}
