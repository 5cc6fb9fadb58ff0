import type { Sighting } from '../model/sighting.ts';

type Sample = { readonly kind: string; readonly sightings: readonly Sighting[] };

/** What vm-bhyve or bhyve's command line says was shown. */
export function showsBhyve(samples: readonly Sample[]): boolean {
  return samples.some(({ kind }) => kind.startsWith('bhyve/'));
}

/** Beside what vm-bhyve or bhyve's command line says: a listing of FreeBSD's interfaces without the guest's NICs is the host's. */
export function isOfBhyveHost({ kind, sightings }: Sample): boolean {
  return (
    kind === 'freebsd/ifconfig' && !sightings.some(({ is, id }) => is === 'interface' && /^vtnet\d/.test(id))
  );
}
