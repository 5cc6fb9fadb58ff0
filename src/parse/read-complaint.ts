import type { Line } from '../model/line.ts';
import type { Complaint, Sighting } from '../model/sighting.ts';

type Told = { kind: string; side: 'unknown'; sightings: readonly Sighting[] };

/** What the person says is evidence too; its line is the answer given. */
export function readComplaint(complaint: Complaint | null): Told[] {
  if (complaint === null) return [];
  const line: Line = { sample: 'complaint', number: 1, text: complaint };
  const sighting: Sighting = { is: 'complaint', id: '', says: { kind: complaint }, at: [line] };
  return [{ kind: 'complaint', side: 'unknown', sightings: [sighting] }];
}
