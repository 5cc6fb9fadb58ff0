// A packet capture for the benchmark: transfers, pings, ARP and DHCP of a few machines on a tap, sums right but for a few. Always the same.
import { closeSync, openSync, writeSync } from 'node:fs';

const FRAMES_AT_ONCE = 500;

export function writePackets(path, bytes) {
  const handle = openSync(path, 'w');
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(262_144, 16);
  head.writeUInt32LE(1, 20);
  let size = writeSync(handle, head);
  let number = 0;
  for (
    const connections = Array.from({ length: 60 }, (_, index) => ({ index, sequence: 1 }));
    size < bytes;
  ) {
    const block = [];
    for (let count = 0; count < FRAMES_AT_ONCE; count++, number++) {
      const frame = number % 50 === 0 ? arp(number) : segment(connections[number % 60], number);
      const record = Buffer.alloc(16);
      record.writeUInt32LE(1_795_764_859 + Math.floor(number / 20_000), 0);
      record.writeUInt32LE((number % 20_000) * 50, 4);
      record.writeUInt32LE(frame.length, 8);
      record.writeUInt32LE(frame.length, 12);
      block.push(record, frame);
    }
    size += writeSync(handle, Buffer.concat(block));
  }
  closeSync(handle);
  return number;
}

/** Every second one is an acknowledgement, every fiftieth has the pseudo header's sum alone, as on a tap. */
function segment(connection, number) {
  const { index } = connection;
  const length = number % 2 === 0 ? 1448 : 0;
  const frame = Buffer.alloc(54 + length, 0x5a);
  ethernet(frame, index, 0x0800);
  frame[14] = 0x45;
  frame[15] = 0;
  frame.writeUInt16BE(40 + length, 16);
  frame.writeUInt16BE(number & 0xffff, 18);
  frame.writeUInt16BE(0x4000, 20);
  frame[22] = 64;
  frame[23] = 6;
  frame.writeUInt16BE(0, 24);
  Buffer.from([192, 0, 2, 10 + (index % 4), 192, 0, 2, 20]).copy(frame, 26);
  frame.writeUInt16BE(0xffff - fold(sum(frame, 14, 34)), 24);
  frame.writeUInt16BE(40_000 + index, 34);
  frame.writeUInt16BE(80, 36);
  frame.writeUInt32BE(connection.sequence, 38);
  frame.writeUInt32BE(1, 42);
  frame.writeUInt32BE(0x501001f5, 46);
  frame.writeUInt32BE(0, 50);
  connection.sequence = (connection.sequence + length) >>> 0;
  const pseudo = fold(sum(frame, 26, 34) + 6 + 20 + length);
  frame.writeUInt16BE(number % 51 === 0 ? pseudo : 0xffff - fold(pseudo + sum(frame, 34, frame.length)), 50);
  return frame;
}

function arp(number) {
  const frame = Buffer.alloc(42);
  ethernet(frame, number % 4, 0x0806);
  frame.fill(0xff, 0, 6);
  Buffer.from([0, 1, 8, 0, 6, 4, 0, 1]).copy(frame, 14);
  frame.copy(frame, 22, 6, 12);
  Buffer.from([192, 0, 2, 10 + (number % 4)]).copy(frame, 28);
  Buffer.from([192, 0, 2, 20]).copy(frame, 38);
  return frame;
}

function ethernet(frame, index, type) {
  Buffer.from([2, 0, 0, 0, 0, 0x20, 0xbc, 0x24, 0x11, 0, 0, index % 4]).copy(frame);
  frame.writeUInt16BE(type, 12);
}

function sum(bytes, from, to) {
  let total = 0;
  for (let at = from; at < to; at += 2) total += (bytes[at] << 8) + (at + 1 < to ? bytes[at + 1] : 0);
  return total;
}

function fold(total) {
  let folded = total;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return folded;
}
