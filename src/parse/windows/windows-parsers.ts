import type { Parser } from '../../model/sample.ts';
import { ipconfig } from './ipconfig.ts';
import { netAdapter } from './net-adapter.ts';
import { netsh } from './netsh.ts';
import { windowsPnp } from './pnp.ts';

/** Every output of Windows that can be read; none of them begins like another system's. */
export const windowsParsers: readonly Parser[] = [ipconfig, netAdapter, windowsPnp, netsh];
