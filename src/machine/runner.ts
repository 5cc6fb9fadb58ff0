import type { Outcome } from '../model/bundle.ts';
import { guardGroup } from './guard.ts';

/** What came of one command: how it ended, and what it printed (both streams, in the order they came; of bytes the one stream). */
export type Ran = {
  readonly outcome: Outcome;
  readonly output: Uint8Array;
  readonly seconds: number;
};

export type RunLimits = {
  /** Typed into the command. */
  readonly input?: string | undefined;
  readonly seconds: number;
  readonly bytes: number;
  /** What it starts is meant to stay when it has ended well: a connection that others share. */
  readonly leaves?: boolean;
  /** The person stops it. */
  readonly stop?: AbortSignal | undefined;
};

/** Runs one command, by argv and never through a shell of this machine. It does not reject: the world's refusals are outcomes. */
export type Runner = (argv: readonly string[], limits: RunLimits) => Promise<Ran>;

/** Milliseconds between the request to end and the end. */
const GRACE = 500;

/** Where system tools lie that a plain user's PATH leaves out. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/**
 * Runs on this machine. Output in English; own process group, so that nothing it started is left behind; no daemon of
 * libvirt's is started for a plain user (src/libvirt.c, LIBVIRT_AUTOSTART).
 */
export const runHere: Runner = async ([file = '', ...words], limits) => {
  const { execa } = await import('execa');
  const from = performance.now();
  const child = execa(file, words, {
    env: { LC_ALL: 'C', PATH: searchPath(), LIBVIRT_AUTOSTART: '0' },
    ...(limits.input === undefined ? { stdin: 'ignore' } : { input: limits.input }),
    all: true,
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: limits.bytes,
    detached: true,
    reject: false,
    cleanup: true,
  });
  const guarded = guardGroup(child.pid);
  let why: Outcome | undefined;
  let last: NodeJS.Timeout | undefined;
  // First asked to end, so that tcpdump writes what it holds; a process stuck in a driver must not hold us either.
  const end = (outcome: Outcome) => {
    if (why !== undefined) return;
    why = outcome;
    killGroup(child.pid, 'SIGINT');
    last = setTimeout(() => {
      killGroup(child.pid, 'SIGKILL');
      child.all?.destroy();
    }, GRACE);
  };
  // What it left behind may hold its output open.
  child.once('exit', () => {
    if (!limits.leaves) last ??= setTimeout(() => killGroup(child.pid, 'SIGKILL'), GRACE);
  });
  const timer = setTimeout(() => end('timed-out'), limits.seconds * 1000);
  const stopped = () => end('stopped');
  if (limits.stop?.aborted) stopped();
  limits.stop?.addEventListener('abort', stopped, { once: true });
  const result = await child;
  clearTimeout(timer);
  clearTimeout(last);
  limits.stop?.removeEventListener('abort', stopped);
  if (!limits.leaves || result.failed) killGroup(child.pid, 'SIGKILL');
  guarded.release();
  // What tcpdump -w says of its count must not stand among the packets.
  const isText = !result.stdout?.includes(0);
  const output = (isText ? result.all : result.stdout) ?? new Uint8Array();
  return {
    outcome: why ?? outcomeOf(result),
    output: output.subarray(0, limits.bytes),
    seconds: (performance.now() - from) / 1000,
  };
};

function searchPath(): string {
  const given = (process.env.PATH ?? '').split(':').filter(Boolean);
  return [...given, ...SYSTEM_FOLDERS.filter((folder) => !given.includes(folder))].join(':');
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Already gone: what we want.
  }
}

type Result = {
  readonly isMaxBuffer: boolean;
  readonly exitCode?: number | undefined;
  readonly code?: string | undefined;
  readonly signal?: string | undefined;
};

function outcomeOf({ isMaxBuffer, exitCode, code, signal }: Result): Outcome {
  if (isMaxBuffer) return 'too-large';
  if (code === 'ENOENT' || exitCode === 127) return 'missing';
  if (code === 'EACCES' || code === 'EPERM' || exitCode === 126) return 'refused';
  if (signal !== undefined) return 'killed';
  return `exit ${exitCode ?? 0}`;
}
