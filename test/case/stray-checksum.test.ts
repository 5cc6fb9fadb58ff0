import { expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { knowledge, readCase } from '../cases.ts';
import { ethernet, ipv4, pcap, udp } from '../parse/pcap-bytes.ts';

const ends = { from: 'bc:24:11:5a:c0:01', to: '02:00:00:00:00:20' };
const packet = (sum: 'right' | 'damaged') => ethernet(ipv4(udp([1, 2, 3], { sum })), ends);

test.each([
  ['one damaged packet of hundreds', 1, 300, []],
  ['many', 100, 300, ['checksum-offload']],
])('%s', (_, damaged, right, expected) => {
  const frames = [
    ...Array.from({ length: damaged }, () => packet('damaged')),
    ...Array.from({ length: right }, () => packet('right')),
  ];
  const { captures } = readCase('lab-pcap-csum-artefact');
  const others = captures.filter(({ bytes, side }) => !bytes && side !== 'peer');
  const tap = {
    name: 'tap100i0.pcap',
    side: 'host',
    origin: 'file',
    text: '',
    bytes: [pcap(frames)],
  } as const;
  const sure = doctor([...others, tap], null, knowledge).findings.filter(
    ({ standing }) => standing !== 'possible',
  );
  expect(sure.map(({ fault }) => fault)).toEqual(expected);
});
