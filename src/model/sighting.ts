import type { Side } from './capture.ts';
import type { DeviceThings } from './device-things.ts';
import type { GuestThings } from './guest-things.ts';
import type { HostThings } from './host-things.ts';
import type { Lines } from './line.ts';
import type { QemuThings } from './qemu-things.ts';
import type { WireThings } from './wire-things.ts';

export type { Complaint, InterruptMode, Offload, Os } from './words.ts';

/** Every thing that an output may speak of, and what can be said of each. */
export type Things = GuestThings & DeviceThings & HostThings & QemuThings & WireThings;

export type ThingKind = keyof Things;

/** What one place in a sample says of one thing. `is` and `id` name the thing, `says` holds the properties read there. */
export type SightingOf<K extends ThingKind> = {
  readonly is: K;
  readonly id: string;
  readonly says: Readonly<Partial<Things[K]>>;
  readonly at: Lines;
  /** Where one sample holds both machines' outputs: which one this is of. */
  readonly side?: Side;
};

export type Sighting = { [K in ThingKind]: SightingOf<K> }[ThingKind];
