import { BUNDLE_HEAD, MARK } from '../model/bundle.ts';
import type { Probe } from '../model/rule.ts';

/** What a collector is written for: which probe files, and how its shell finds NICs and taps. */
export type ScriptFor = {
  /** `openbsd`, `proxmox`, as on the command line. */
  readonly system: string;
  readonly machine: 'guest' | 'host';
  readonly probes: readonly Probe[];
  readonly version: string;
};

/** Longest line: it may be typed or sent through a serial console of 80 columns. */
const WIDEST = 78;

/**
 * A collector in POSIX sh for a machine without Node: dash, busybox ash, bash, mksh, ksh93, the shells of the BSDs.
 * It only reads, and writes one bundle; it says so when it was copied incompletely, and runs nothing then.
 */
export function shScript({ system, machine, probes, version }: ScriptFor): string {
  const once = probes.filter(({ listens, disturbs }) => !listens && disturbs === undefined);
  const body = [
    '#!/bin/sh',
    `# vio-doctor ${version}: collector for ${system} (${machine}).`,
    '# It only reads, and writes one text file for `vio-doctor diagnose`.',
    `# Usage: sh THIS [-o FILE] [-i SECONDS]${machine === 'host' ? ' [--vm ID]' : ''}   (-o - : console)`,
    ...FUNCTIONS.replaceAll('@MACHINE@', machine)
      .replaceAll('@SYSTEM@', system)
      .replaceAll('@VERSION@', version)
      .split('\n'),
    'first() {',
    ...once.flatMap((probe) => callOf(probe)),
    'return 0',
    '}',
    'second() {',
    ...once.filter(({ twice }) => twice).flatMap((probe) => callOf(probe)),
    'return 0',
    '}',
  ];
  const lines = [...body, 'lines=@LINES@', 'main "$@"; exit # the last line of this collector'];
  return `${lines.join('\n').replace('@LINES@', String(lines.length))}\n`;
}

/** Each blank that a script can fill by itself: the loop around the command, and the word in it. */
const BLANKS: Readonly<Record<string, { readonly loop?: string; readonly word: string }>> = {
  'nic.name': { loop: 'for nic in $nics', word: '"$nic"' },
  'vm.tap': { loop: 'for tap in $taps', word: '"$tap"' },
  'vm.id': { loop: 'for vm in $vms', word: '"$vm"' },
};

function callOf(probe: Probe): string[] {
  const choice = [probe.argv, probe.otherwise].find((argv) => argv && canFill(argv));
  if (!choice) return [];
  const isTyped = probe.system === 'qemu';
  const loops = loopsOf(choice, isTyped);
  const words = choice.map((word) => shellWord(word));
  const command = isTyped
    ? ['q', probe.id, String(probe.seconds), ...words]
    : ['p', probe.id, String(probe.seconds), ...words];
  const call = wrapped(command);
  return loops.length === 0
    ? call
    : [...loops.map((loop) => `${loop}; do`), ...call, ...loops.map(() => 'done')];
}

function canFill(argv: readonly string[]): boolean {
  return argv.every(
    (word) =>
      !/^[A-Z]{2,}$/.test(word) &&
      [...word.matchAll(/\{([^}]*)\}/g)].every(([, name = '']) => name in BLANKS),
  );
}

function loopsOf(argv: readonly string[], isTyped: boolean): string[] {
  const names = argv.flatMap((word) => [...word.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name));
  const loops = [...names, ...(isTyped ? ['vm.id'] : [])].flatMap((name) => BLANKS[name]?.loop ?? []);
  return [...new Set(loops)];
}

/** A word of argv, quoted; its blanks are variables whose values were checked. */
function shellWord(word: string): string {
  const pieces = word.split(/(\{[^}]*\})/).filter((piece) => piece !== '');
  return pieces
    .map((piece) => {
      const blank = BLANKS[piece.slice(1, -1)];
      if (blank && piece.startsWith('{')) return blank.word;
      return /^[\w@%+=:,./-]+$/.test(piece) ? piece : `'${piece.replaceAll("'", `'\\''`)}'`;
    })
    .join('');
}

function wrapped(words: readonly string[]): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    if (line !== '' && line.length + word.length + 3 > WIDEST) {
      lines.push(`${line} \\`);
      line = ` ${word}`;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/**
 * p: runs a command within its time and prints its section. The output is held in a variable: no temporary file.
 * What is no printable ASCII becomes `?`, so that a console carries it.
 */
const FUNCTIONS = `LC_ALL=C; export LC_ALL
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
PATH=$PATH:/usr/pkg/sbin:/usr/pkg/bin; export PATH
now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
# Runs "$@" for at most $limit seconds; its last line is how it ended.
timed() {
  "$@" </dev/null 2>&1 &
  child=$!
  (
    i=0
    while kill -0 $child 2>/dev/null; do
      i=$((i+1)); [ $i -gt $limit ] && break
      sleep 1
    done
    kill -9 $child
  ) >/dev/null 2>&1 &
  watch=$!
  wait $child
  status=$?
  kill -9 $watch 2>/dev/null
  echo "
status=$status"
}
section() {
  run=$1; shift
  n=$((n+1)); t=$(now)
  text=$(timed "$@" 2>/dev/null | tr -c '\\011\\012\\040-\\176' '?')
  how=\${text##*status=}
  text=\${text%status=*}
  case $how in 137) how=timed-out ;; 127) how=missing ;; 126) how=refused ;;
  *[!0-9]*|'') how=killed ;; *) how=exit-$how ;; esac
  text=$(sed 's/^${MARK}/${MARK}|&/' <<E
$text
E
)
  if [ -z "$text" ]; then l=0; b=0; else
  l=$(wc -l <<E
$text
E
)
  b=$(wc -c <<E
$text
E
)
  fi
  echo "${MARK} begin $n @MACHINE@ $id"
  echo "${MARK} run $run"
  echo "${MARK} taken $t"
  [ -z "$text" ] || cat <<E
$text
E
  echo "${MARK} end $n $how lines $((l)) bytes $((b))"
  [ -z "$file" ] || echo "$n: $run ($how)" >&2
}
p() { id=$1; limit=$2; shift 2; section "$*" "$@"; }
monitor() { printf '%s\\n' "$1" | qm monitor "$vm"; }
q() { id=$1; limit=$2; shift 2; section "$*" monitor "$*"; }
# Only names that a system gives pass.
checked() {
  for name in "$@"; do
    case $name in
    *[!a-zA-Z0-9_.-]*|-*) ;;
    *) printf '%s ' "$name" ;;
    esac
  done
}
find_nics() {
  if [ -d /sys/class/net ]; then
    for d in /sys/class/net/*/device; do
      d=\${d%/device}; [ -d "$d" ] && echo "\${d##*/}"
    done
  else
    # From dmesg, for OpenBSD's ifconfig refreshes the link as it looks.
    { dmesg; cat /var/run/dmesg.boot; } 2>/dev/null | sed -n \\
      's/^\\(\\(vio\\|vtnet\\|vioif\\|em\\|vmx\\|wm\\|re\\)[0-9]*\\)[ :].*/\\1/p' \\
      | sort -u
    dmesg 2>/dev/null | sed -n -e 's/^\\(vio[0-9]*\\) at .*/\\1/p' \\
      -e 's/^\\(vtnet[0-9]*\\): .*/\\1/p' -e 's/^\\(vioif[0-9]*\\) at .*/\\1/p' \\
      -e 's/^\\(em[0-9]*\\) at .*/\\1/p' | sort -u
  fi | sort -u
}
find_taps() {
  if [ -d /sys/class/net ]; then
    for d in /sys/class/net/tap"$vms"i* /sys/class/net/vnet*; do
      [ -d "$d" ] && echo "\${d##*/}"
    done
  else
    ifconfig -a 2>/dev/null | sed -n 's/^\\(tap[0-9]*\\): .*/\\1/p'
  fi
}
usage() { echo "usage: sh $0 [-o FILE] [-i SECONDS] [--vm ID]" >&2; exit 64; }
collect() {
  echo "${BUNDLE_HEAD}"
  echo "# made by vio-doctor @VERSION@ script @SYSTEM@"
  echo "# taken $(now)"
  echo "# redacted no"
  echo "# Read it with: vio-doctor diagnose THIS-FILE"
  first
  [ "$wait" = 0 ] || sleep "$wait"
  second
  echo "${MARK} done $n"
}
main() {
  file=vio-doctor-$(date -u +%Y%m%d-%H%M%S).txt; wait=10; vms=; n=0
  while [ $# -gt 0 ]; do
    case $1 in
    -o) [ $# -gt 1 ] || usage; file=$2; shift ;;
    -i) [ $# -gt 1 ] || usage; wait=$2; shift ;;
    --vm) [ $# -gt 1 ] || usage; vms=$(checked "$2"); vms=\${vms% }; shift ;;
    *) usage ;;
    esac
    shift
  done
  case $wait in ''|*[!0-9]*) usage ;; esac
  if [ -f "$0" ]; then
    have=$(wc -l <"$0")
    [ $((have)) -eq "$lines" ] || {
      echo "this collector has $((have)) lines of $lines: copy it again" >&2
      exit 65
    }
  fi
  nics=$(checked $(find_nics)); taps=$(checked $(find_taps))
  if [ "$file" = - ]; then file=; collect; exit 0; fi
  (collect >"$file.part") || { echo "$file: not written" >&2; exit 73; }
  mv "$file.part" "$file" || exit 73
  echo "written: $file" >&2
}`;
