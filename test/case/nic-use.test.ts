import { expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import type { Capture } from '../../src/model/capture.ts';
import { knowledge } from '../cases.ts';

const text = `2: ens18: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP group default qlen 1000
    link/ether bc:24:11:00:00:01 brd ff:ff:ff:ff:ff:ff
    inet 192.0.2.10/24 brd 192.0.2.255 scope global ens18
3: ens19: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN group default qlen 1000
    link/ether bc:24:11:00:00:02 brd ff:ff:ff:ff:ff:ff
`;
const capture: Capture = { name: 'ip-addr.txt', side: 'guest', origin: 'file', text };

test('a NIC that nobody misses is no fault', () => {
  const { findings, ruledOut } = doctor([capture], 'none', knowledge);
  expect(findings).toEqual([]);
  expect(ruledOut.map(({ fault, nic }) => [fault, nic])).toEqual([['interface-down', 'ens19']]);
});

test('with a complaint it is', () => {
  const { findings } = doctor([capture], 'no-link', knowledge);
  expect(findings[0]).toMatchObject({ fault: 'interface-down', nic: 'ens19', standing: 'certain' });
});
