import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { ethernet, ipv4, pcap, udp } from '../parse/pcap-bytes.ts';
import { CASES, run, scratch } from './run.ts';

const CASE = join(CASES, 'lab-pcap-dhcp-csum');
const GUEST = ['ip-addr.txt', 'ip-link.txt', 'udhcpc.txt'].map((file) => join(CASE, 'guest', file));

test('a tap.pcap beside what the guest says: evidence is the number of a frame, and its text', async () => {
  const folder = scratch();
  const tap = join(folder, 'tap.pcap');
  copyFileSync(join(CASE, 'host/tap.pcap'), tap);
  for (const file of [tap, packed(tap)]) {
    const { code, out } = await run(['diagnose', '--json', file, ...GUEST]);
    expect(code).toBe(1);
    const [finding] = JSON.parse(out).findings;
    expect(finding).toMatchObject({ fault: 'dhcp-checksum-fill', nic: 'eth0', standing: 'likely' });
    const lines = finding.because.filter(({ sample }: { sample: string }) => sample === 'tap.pcap');
    expect(lines.map(({ line }: { line: number }) => line)).toContain(9);
    expect(lines.find(({ line }: { line: number }) => line === 9).text).toMatch(
      /192\.0\.2\.20\.67 > 255\.255\.255\.255\.68: \[bad udp cksum 0xc359 -> 0x[\da-f]{4}!\] BOOTP\/DHCP, Reply/,
    );
  }
});

test('tcpdump -w - through a pipe', async () => {
  const { code, out } = await run(['diagnose', '-'], { input: readFileSync(join(CASE, 'host/tap.pcap')) });
  expect(code).toBe(2);
  expect(out).toContain('dhcp-checksum-fill');
  expect(out).toContain('stdin:9');
});

test('a large one costs little memory, a cut one is told', async () => {
  const file = join(scratch(), 'tap107i1.pcap');
  const frame = ethernet(ipv4(udp(Array<number>(1400).fill(1))));
  const block = pcap(Array.from({ length: 500 }, () => frame));
  writeFileSync(file, Buffer.concat([block, ...Array(80).fill(block.subarray(24)), Buffer.alloc(20)]));
  const { out, peakMegabytes } = await run(['diagnose', '--json', file]);
  const { samples, problems } = JSON.parse(out);
  expect(samples[0]).toMatchObject({ kind: 'tcpdump/pcap', machine: 'host', lines: 40_501 });
  expect(problems.map(({ code }: { code: string }) => code)).toContain('sample-cut-short');
  expect(peakMegabytes).toBeLessThan(200);
});

function packed(file: string): string {
  writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
  return `${file}.gz`;
}
