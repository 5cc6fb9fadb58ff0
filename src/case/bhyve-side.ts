import type { Sighting } from '../model/sighting.ts';

type Sample = { readonly kind: string; readonly sightings: readonly Sighting[] };

/** Beside what vm-bhyve or bhyve's command line says: a listing of FreeBSD's interfaces without the guest's NICs is the host's. */
export function isOfBhyveHost({ kind, sightings }: Sample, all: readonly Sample[]): boolean {
  if (kind !== 'freebsd/ifconfig' || !all.some((one) => one.kind.startsWith('bhyve/'))) return false;
  return !sightings.some(({ is, id }) => is === 'interface' && /^vtnet\d/.test(id));
}
