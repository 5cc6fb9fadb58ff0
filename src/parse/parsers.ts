import type { Parser } from '../model/sample.ts';
import { sysctl } from './openbsd/sysctl.ts';

/** Every output that can be read. Order matters only where two begin alike: the stricter one first. */
export const parsers: readonly Parser[] = [sysctl];
