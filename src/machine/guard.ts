import { type ChildProcess, spawn } from 'node:child_process';

/** Kills the groups of its last line when its input ends: when this program has gone, however it went (`kill -9`). */
const GUARD = 'while read -r line; do groups=$line; done; for group in $groups; do kill -9 -"$group"; done';

const groups = new Set<number>();
let guard: ChildProcess | undefined;

/** Until `release`, a process group does not outlive this program. */
export function guardGroup(group: number | undefined): { release(): void } {
  if (group === undefined) return { release: () => undefined };
  groups.add(group);
  tell();
  return {
    release() {
      groups.delete(group);
      tell();
    },
  };
}

function tell(): void {
  if (guard === undefined) {
    guard = spawn('sh', ['-c', GUARD], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    guard.on('error', () => undefined);
    guard.stdin?.on('error', () => undefined);
    guard.unref();
    (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  }
  guard.stdin?.write(`${[...groups].join(' ')}\n`);
}
