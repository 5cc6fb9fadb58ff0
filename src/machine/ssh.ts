import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ran, Runner } from './runner.ts';
import { runHere } from './runner.ts';

/** Another machine, reached by the system's own ssh: its configuration, agent, jump hosts and known hosts. */
export type Remote = {
  readonly run: Runner;
  /** Ends the shared connection. */
  close(): Promise<void>;
};

/** ssh(1) leaves with 255 when the connection itself fails. */
const SSH_FAILED = 'exit 255';

/**
 * Runs on the other machine, within the same limits there: a small fixed sh program, which gets the command as its
 * arguments, stops it after its time even when the connection is gone. Every word is quoted; csh(1) as root's shell
 * takes the same quotes.
 */
const KEEPER =
  'exec 3<&0; "$@" <&3 & p=$!; (i=0; while kill -0 $p 2>/dev/null && [ $i -lt $LIMIT ]; do sleep 1; i=$((i+1)); done; kill -9 $p) >/dev/null 2>&1 & wait $p';
const REMOTE_PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/pkg/sbin:/usr/pkg/bin:/usr/X11R6/bin';

/** `destination` as ssh takes it: `root@pve`, a Host of ssh_config. Options of ssh itself are refused. */
export function connectBySsh(destination: string, ssh: readonly string[] = ['ssh']): Remote {
  const folder = mkdtempSync(join(tmpdir(), 'vio-'));
  const shared = [
    ...ssh,
    '-o',
    'BatchMode=yes',
    '-o',
    'ConnectTimeout=10',
    '-o',
    'ServerAliveInterval=5',
    '-o',
    'ControlMaster=auto',
    '-o',
    'ControlPersist=20',
    '-o',
    `ControlPath=${folder}/%C`,
  ];
  const run: Runner = async (argv, limits) => {
    const words = [
      'env',
      'LC_ALL=C',
      `PATH=${REMOTE_PATH}`,
      `LIMIT=${Math.ceil(limits.seconds) + 1}`,
      'sh',
      '-c',
      KEEPER,
      'sh',
      ...argv,
    ];
    const ran = await runHere([...shared, '--', destination, words.map(quote).join(' ')], limits);
    return ran.outcome === SSH_FAILED ? lost(ran) : ran;
  };
  return {
    run,
    async close() {
      await runHere([...shared, '-O', 'exit', '--', destination], { seconds: 5, bytes: 4096 });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What ssh said of it stays: "Permission denied (publickey)", "Host key verification failed". */
function lost(ran: Ran): Ran {
  return { ...ran, outcome: 'lost' };
}

/** For sh and csh alike: no newline may stand in a word, and `!` is no history there (not interactive). */
function quote(word: string): string {
  return `'${word.replace(/[\n\r\0]/g, ' ').replaceAll("'", `'\\''`)}'`;
}
