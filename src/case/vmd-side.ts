import type { Sighting } from '../model/sighting.ts';

type Sample = { readonly kind: string; readonly side: string; readonly sightings: readonly Sighting[] };

const OF_VMD = new Set(['openbsd/vmctl', 'openbsd/vm-conf', 'openbsd/vmd-log']);
/** What only the machine that runs the VMs is asked for, once one is known to be there. */
const OF_HOST = new Set(['openbsd/pf-rules', 'openbsd/pfctl', 'openbsd/dhcpd-conf', 'openbsd/rcctl']);
const SWITCHING = /^(?:bridge|veb|vport|vether|tpmr|tap)\d/;

/** An OpenBSD that runs vmd(8) was shown: its vm.conf, vmctl, log, or a tap that vmd described. */
export function showsVmd(samples: readonly Sample[]): boolean {
  return samples.some(
    ({ kind, side, sightings }) =>
      OF_VMD.has(kind) || (kind === 'openbsd/ifconfig' && side === 'host' && sightings.some(isOfVmd)),
  );
}

function isOfVmd(sighting: Sighting): boolean {
  return sighting.is === 'interface' && /^(?:vm|switch)\d+-/.test(sighting.says.description ?? '');
}

/** Beside a host of vmd: an output that nobody placed, and that tells of bridges, taps, filter rules or forwarding, is the host's. */
export function isOfVmdHost({ kind, sightings }: Sample): boolean {
  if (OF_HOST.has(kind)) return true;
  if (kind === 'openbsd/sysctl')
    return sightings.length > 0 && sightings.every(({ is, id }) => is !== 'system' && /^net\./.test(id));
  if (!kind.startsWith('openbsd/')) return false;
  const names = sightings.flatMap(namesIn);
  return names.some((name) => SWITCHING.test(name)) && !names.some((name) => /^vio\d/.test(name));
}

function namesIn(sighting: Sighting): string[] {
  if (sighting.is === 'interface' || sighting.is === 'interfaceFile') return [sighting.id];
  return sighting.is === 'route' && sighting.says.interface ? [sighting.says.interface] : [];
}
