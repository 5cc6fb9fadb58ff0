import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorAt } from './monitor.ts';
import type { Reach } from './reach.ts';
import { type Ran, type RunLimits, type Runner, runHere } from './runner.ts';

/** Another machine, reached by the system's own ssh: its configuration, agent, jump hosts and known hosts. */
export type Remote = Reach & {
  /** Ends the shared connection. */
  close(): Promise<void>;
};

/** ssh(1) leaves with 255 when the connection itself fails. */
const SSH_FAILED = 'exit 255';

/**
 * Runs on the other machine, within the same limits there: a small fixed sh program, which gets the command as its
 * arguments and ends it after its time, with what it started, even when the connection is gone. First it asks (tcpdump
 * then says how many packets it missed), a second later it insists. A process group of its own comes from setsid(1) on
 * Linux and from `set -m` where that needs no terminal. Every word is quoted; csh(1) as root's shell takes the same quotes.
 */
const KEEPER = [
  'exec 3<&0; if command -v setsid >/dev/null 2>&1;',
  `then setsid sh -c 'exec "$@"' sh "$@" <&3 3<&- & p=$!;`,
  'else set -m 2>/dev/null; "$@" <&3 3<&- & p=$!; fi;',
  '(i=0; while kill -0 $p && [ $i -lt $LIMIT ]; do sleep 1; i=$((i+1)); done;',
  'if [ $i -lt $LIMIT ]; then kill -9 -$p; else kill -15 -$p || kill -15 $p; sleep 1;',
  'kill -9 -$p || kill -9 $p; fi) >/dev/null 2>&1 3<&- & wait $p',
].join(' ');
const REMOTE_PATH =
  '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/pkg/sbin:/usr/pkg/bin:/usr/X11R6/bin';
/** sshd takes ten sessions over one connection, unless it was told otherwise (sshd_config(5), MaxSessions). */
const LANES = 8;
/** Milliseconds without a command after which it may have ended by itself: less than ControlPersist. */
const IDLE = 10_000;
/** Seconds beyond a command's own for the other machine to end it and for its last words to arrive. */
const MARGIN = 3;

/** `destination` as ssh takes it: `root@pve`, a Host of ssh_config. Options of ssh itself are refused. */
export function connectBySsh(destination: string, ssh: readonly string[] = ['ssh']): Remote {
  const folder = mkdtempSync(join(tmpdir(), 'vio-'));
  const shared = [
    ...ssh,
    ...options([
      'BatchMode=yes',
      'ConnectTimeout=10',
      'ServerAliveInterval=5',
      'ControlPersist=20',
      `ControlPath=${folder}/%C`,
    ]),
  ];
  // Opened by itself: the way to a machine behind a jump host is a child of the ssh that opens it, and must outlive that.
  const open = (limits: RunLimits) =>
    runHere([...shared, '-o', 'ControlMaster=yes', '-f', '-N', '--', destination], {
      ...limits,
      leaves: true,
    });
  const control = (what: string, ...words: readonly string[]) =>
    runHere([...shared, '-O', what, ...words, '--', destination], { seconds: 10, bytes: 4096 });
  const reopen = async (limits: RunLimits) => {
    const there = await control('check');
    return there.outcome === 'exit 0' ? there : open(limits);
  };
  let opened: Promise<Ran> | undefined;
  let used = 0;
  let isDoubtful = false;
  /** Once for all commands; anew where it was lost, or has ended by itself while a person read the list. */
  const connected = ({ seconds, bytes, stop }: RunLimits) => {
    const limits = { seconds: seconds + MARGIN, bytes, stop };
    if (!opened) opened = open(limits);
    else if (isDoubtful || Date.now() - used > IDLE) opened = reopen(limits);
    isDoubtful = false;
    used = Date.now();
    return opened;
  };
  const run: Runner = async (argv, limits) => {
    const mine = connected(limits);
    const connection = await mine;
    if (connection.outcome !== 'exit 0') return asThere(connection, limits);
    const words = [
      ...[
        'env',
        'LC_ALL=C',
        'LIBVIRT_AUTOSTART=0',
        `PATH=${REMOTE_PATH}`,
        `LIMIT=${Math.ceil(limits.seconds)}`,
      ],
      ...['sh', '-c', KEEPER, 'sh', ...argv],
    ];
    const command = [...shared, '-o', 'ControlMaster=no', '--', destination, words.map(quote).join(' ')];
    const ran = asThere(await runHere(command, { ...limits, seconds: limits.seconds + MARGIN }), limits);
    // Of several that were lost with it only the first one tells.
    if (ran.outcome === 'lost' && mine === opened) isDoubtful = true;
    used = Date.now();
    return ran;
  };
  let forwarded = 0;
  return {
    run,
    monitor: (path) => async (argv, limits) => {
      const near = join(folder, `m${++forwarded}`);
      const connection = await connected(limits);
      if (connection.outcome !== 'exit 0') return asThere(connection, limits);
      const forward = await control('forward', '-L', `${near}:${path}`);
      if (forward.outcome !== 'exit 0') return forward;
      const ran = await monitorAt(near)(argv, limits);
      await control('cancel', '-L', `${near}:${path}`);
      return ran;
    },
    lanes: LANES,
    async close() {
      await control('exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function options(settings: readonly string[]): string[] {
  return settings.flatMap((setting) => ['-o', setting]);
}

/**
 * How the command ended there. sh tells a signal as 128 and its number; after its time that was ours.
 * What ssh said of a lost connection stays: "Permission denied (publickey)", "Host key verification failed".
 */
function asThere(ran: Ran, { seconds }: RunLimits): Ran {
  if (ran.outcome === SSH_FAILED) return { ...ran, outcome: 'lost' };
  if (!/^exit 1(?:29|3\d|4\d|5\d)$/.test(ran.outcome)) return ran;
  return { ...ran, outcome: ran.seconds >= seconds ? 'timed-out' : 'killed' };
}

/** For sh and csh alike: no newline may stand in a word, and `!` is no history there (not interactive). */
function quote(word: string): string {
  return `'${word.replace(/[\n\r\0]/g, ' ').replaceAll("'", `'\\''`)}'`;
}
