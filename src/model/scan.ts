import type { ProblemCode } from './problem.ts';
import type { Finding, Report } from './report.ts';

/** What a scan says of one bundle: one line of NDJSON, described by schemas/scan.schema.json. */
export type ScanLine = {
  /** Of this shape. */
  readonly version: 1;
  /** As it was given or found; `vio-doctor diagnose PATH` tells the rest. */
  readonly path: string;
  readonly verdict: Report['verdict'] | 'unreadable';
  /** Why it cannot be read. */
  readonly error: string | null;
  /** The guest's system: `openbsd`, and its release. */
  readonly os: string | null;
  readonly release: string | null;
  readonly host: {
    readonly os: string | null;
    readonly release: string | null;
    readonly hypervisor: string | null;
    readonly proxmox: string | null;
    readonly qemu: string | null;
  };
  readonly nics: readonly string[];
  /** Ranked: the first one is what to look at. */
  readonly findings: readonly Pick<Finding, 'fault' | 'nic' | 'standing' | 'severity' | 'title'>[];
  readonly problems: readonly { readonly code: ProblemCode; readonly says: string }[];
};
