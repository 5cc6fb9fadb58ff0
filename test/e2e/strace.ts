import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from './run.ts';

export type Traced = {
  readonly code: number | null;
  readonly err: string;
  /** Everything that was done to the world outside `folder`, one line each. */
  readonly changes: readonly string[];
  /** The programs that were started, with their arguments. */
  readonly programs: readonly string[];
};

/** System calls that change files, modules, interfaces or the system; opening and messages are judged by what they ask for. */
const CALLS = [
  '%file',
  ...['init_module', 'finit_module', 'delete_module', 'kexec_load', 'kexec_file_load', 'reboot', 'bpf'],
  ...['ioctl', 'sendto', 'sendmsg', 'sendmmsg', 'ftruncate', 'fchmod', 'fchown'],
  ...['sethostname', 'setdomainname', 'settimeofday', 'clock_settime', 'adjtimex', 'quotactl'],
];

/** Whether processes may be traced here: a bare container may forbid it. */
export function canTrace(): boolean {
  return spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
}

/** Runs a command with all it starts under strace; what it does inside `folder` is its own. */
export function traced(argv: readonly string[], folder: string): Traced {
  const trace = join(scratch(), 'trace');
  const strace = ['strace', '-f', '-yy', '-qq', '-s', '4096', '-o', trace, '-e', `trace=${CALLS.join(',')}`];
  const [command = '', ...words] = [...strace, ...argv];
  const ran = spawnSync(command, words, { encoding: 'utf8', cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const calls = wholeCalls(readFileSync(trace, 'utf8'));
  return {
    code: ran.status,
    err: ran.stderr,
    changes: calls.filter((call) => changes(call, folder)),
    programs: calls.flatMap((call) => /^execve\("([^"]+)", (\[.*?\]), .* = 0$/.exec(call)?.slice(2, 3) ?? []),
  };
}

/** Calls that were interrupted by another process's line are put together again; the pid goes. */
function wholeCalls(trace: string): string[] {
  const begun = new Map<string, string>();
  const calls: string[] = [];
  for (const line of trace.split('\n')) {
    const [, pid = '', text = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    const half = /^(.*) <unfinished \.\.\.>$/.exec(text)?.[1];
    const rest = /^<\.\.\. \w+ resumed>(.*)$/.exec(text)?.[1];
    if (half !== undefined) begun.set(pid, half);
    else if (rest !== undefined) calls.push((begun.get(pid) ?? '') + rest);
    else if (text !== '') calls.push(text);
  }
  return calls;
}

const READING =
  /^(?:execve|execveat|access|faccessat2?|stat|lstat|newfstatat|statx?|statfs|readlink(?:at)?|getcwd|chdir|fchdir|getxattr|lgetxattr|listxattr|llistxattr|inotify_add_watch|name_to_handle_at|fanotify_mark|\+\+\+|---)/;
/** Setting ioctls of network interfaces, routes, bridges, taps and terminals' owners: SIOCG... only look. */
const SETTING_IOCTL =
  /, (?:SIOCS(?!OCKET)|SIOCADD|SIOCDEL|SIOCBR|SIOCPROTOPRIVATE|TUNSET|FS_IOC_SET|PACKET_FANOUT)/;
/** Of generic netlink strace shows the command as the first byte: those of ethtool that set or test (linux/ethtool_netlink.h). */
const SETTING_MESSAGE = new RegExp(
  [
    'NETLINK:\\[ROUTE:.*nlmsg_type=RTM_(?:NEW|DEL|SET)',
    'nlmsg_type=[^,]*(?:NFT_MSG_(?:NEW|DEL|DESTROY)|IPSET_CMD_(?:CREATE|DESTROY|ADD|DEL|FLUSH)|CT\\w*_MSG_(?:NEW|DEL))',
    'nlmsg_type=ethtool,[^"]*"\\\\x(?:03|05|08|0a|0c|0e|10|12|14|16|18|1a|1b|1e|23)',
  ].join('|'),
);

/** ip(8) asks whether the kernel knows RTM_NEWLINK: it names no interface and sets nothing (iproute2 ip/iplink.c, iplink_have_newlink). */
const EMPTY_QUESTION =
  /nlmsg_type=RTM_NEWLINK, nlmsg_flags=NLM_F_REQUEST\|NLM_F_ACK, nlmsg_seq=0, .{0,80}ifi_index=0, ifi_flags=0, ifi_change=0\}\], 32,/;

/** The process was killed at the door of the call, before strace could ask which one: it was never made. */
const KILLED_BEFORE = /^\?{3,4}\(\) {1,80}= \?$/;

function changes(call: string, folder: string): boolean {
  if (READING.test(call) || EMPTY_QUESTION.test(call) || KILLED_BEFORE.test(call)) return false;
  if (/^ioctl\(/.test(call)) return SETTING_IOCTL.test(call);
  if (/^send(?:to|msg|mmsg)\(/.test(call)) return SETTING_MESSAGE.test(call);
  if (/^(?:f?truncate|fchmod|fchown)\(/.test(call)) return !ownPath(call, folder);
  if (/^open(?:at2?)?\(|^creat\(/.test(call))
    return /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|^creat/.test(call) && !ownPath(call, folder);
  return !ownPath(call, folder);
}

/** In the folder, or a place where writing leaves nothing. */
function ownPath(call: string, folder: string): boolean {
  const [, base = '', path = ''] = /^\w+\((?:AT_FDCWD<([^>]*)>|\d+<([^>]*)>)?/.exec(call) ?? [];
  const named = [...call.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, name = '']) => name);
  const full =
    named.length > 0
      ? named.map((name) => (name.startsWith('/') ? name : `${base || path}/${name}`))
      : [base || path];
  return full.every(
    (name) =>
      name.startsWith(`${folder}/`) ||
      name === folder ||
      /^\/dev\/(?:null|tty|pts\/\d+|full|zero)$/.test(name),
  );
}
