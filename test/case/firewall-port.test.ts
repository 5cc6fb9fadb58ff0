import { expect, test } from 'vitest';
import { doctor } from '../../src/doctor.ts';
import { knowledge, readCase } from '../cases.ts';

/** The case of a firewall's bridge that is not joined, with another line of its NIC. */
function standing(options: string): string | undefined {
  const { captures, complaint } = readCase('proxmox-firewall-cut-off');
  const given = captures.map((capture) => ({
    ...capture,
    text: capture.text.replace('bridge=vmbr0,firewall=1', options),
  }));
  const { findings } = doctor(given, complaint, knowledge);
  return findings.find(({ fault }) => fault === 'bridge-membership')?.standing;
}

test('fwpr is missed in the bridge that it belongs into', () => {
  expect(standing('bridge=vmbr0,firewall=1')).toBe('certain');
});

test('with a tag it belongs into vmbr0v30, unless vmbr0 filters VLANs: a listing of vmbr0 does not decide', () => {
  expect(standing('bridge=vmbr0,firewall=1,tag=30')).toBe('possible');
});
