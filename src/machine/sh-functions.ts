import { BUNDLE_HEAD, MARK } from '../model/bundle.ts';
import { MOST_VMS } from '../model/collection.ts';
import { SH_LOOKS } from './sh-looks.ts';

/** The most of one output that is kept, and of one line. */
const MOST = 1024 * 1024;
const WIDEST = 16_000;

/**
 * p: runs a command within its time and size, and prints its section. The output is held in a variable: no temporary file,
 * not even a here-document (ksh makes a file of it). What is no printable ASCII becomes `?`, so that a console carries it.
 *
 * What a command started ends with it. Its process group comes from `set -m` where a subshell can do that (bash, ksh), from
 * setsid(1) on Linux (dash and busybox ash give jobs of a subshell none: jobs.c, forkchild), else ps(1) tells its family.
 */
export const SH_FUNCTIONS = `LC_ALL=C; export LC_ALL
LIBVIRT_AUTOSTART=0; export LIBVIRT_AUTOSTART
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin
PATH=$PATH:/usr/pkg/sbin:/usr/pkg/bin; export PATH
now() { date -u +%Y-%m-%dT%H:%M:%SZ; }
case $(type printf 2>/dev/null) in
*builtin*) say() { printf '%s\\n' "$1"; } ;;
*) say() { print -r - "$1"; } ;;
esac
group=$(
  exec 2>/dev/null
  set -m
  sleep 9 </dev/null >/dev/null 2>&1 &
  if kill -9 -$!; then echo m; else kill -9 $!; fi
)
[ -n "$group" ] || { command -v setsid >/dev/null 2>&1 && group=s; }
# $1, what comes from it, and what was left alone in a group that is ours: in
# one that others share, nobody is taken for what we started.
family() {
  ps -A -o pid= -o ppid= -o pgid= | awk -v p=$1 -v self=$$ '
    { up[$1] = $2; group[$1] = $3 }
    END {
      for (c in up) {
        a = c
        for (i = 0; i < 50 && a != p && (a in up); i++) a = up[a]
        ours = group[self] == self && group[c] == self
        alone = up[c] == 1 && c != self && ours
        if (a == p || alone) print c
      }
    }'
}
stop() {
  case $group in ?) kill -9 -$child ;; *) kill -9 $(family $child) ;; esac
}
# Runs "$@" for at most $limit seconds; its last line is how it ended.
timed() {
  child=
  trap '[ -z "$child" ] || stop; exit 130' INT TERM HUP
  case $group in
  m) set -m; "$@" </dev/null 2>&1 & ;;
  s) setsid sh -c 'exec "$@"' sh "$@" </dev/null 2>&1 & ;;
  *) "$@" </dev/null 2>&1 & ;;
  esac
  child=$!
  (
    i=0
    while kill -0 $child && [ $i -lt $limit ]; do
      sleep 1; i=$((i+1))
    done
    [ $i -lt $limit ] || stop
  ) >/dev/null 2>&1 &
  watch=$!
  wait $child
  status=$?
  kill -9 $watch
  # What it left behind would keep us waiting.
  stop
  echo
  echo "status=$status"
}
section() {
  run=$1; shift
  n=$((n+1)); t=$(now); from=$(date +%s)
  [ -z "$file" ] || echo "$n: $run" >&2
  text=$(timed "$@" 2>/dev/null | tr -c '\\011\\012\\040-\\176' '?' 2>&- |
    fold -b -w ${WIDEST} | awk '
    { size += length($0) + 1 }
    size > ${MOST} { print ""; print "status=too-large"; exit }
    { print }')
  took=$(($(date +%s) - from))
  how=\${text##*status=}
  text=\${text%status=*}
  case $how in
  137|265) how=killed; [ $took -lt $limit ] || how=timed-out ;;
  127) how=missing ;;
  126) how=refused ;;
  too-large) ;;
  *[!0-9]*|'') how=killed ;;
  *) how=exit-$how ;;
  esac
  text=$(say "$text" | sed 's/^${MARK}/${MARK}|&/')
  if [ -z "$text" ]; then l=0; b=0; else
    l=$(say "$text" | wc -l); b=$(say "$text" | wc -c)
  fi
  echo "${MARK} begin $n @MACHINE@ $id"
  echo "${MARK} run $run"
  echo "${MARK} taken $t"
  [ -z "$text" ] || say "$text"
  echo "${MARK} end $n $how lines $((l)) bytes $((b)) seconds $took"
  [ -z "$file" ] || [ $how = exit-0 ] || echo "$n: $how" >&2
}
p() { id=$1; limit=$2; shift 2; section "$*" "$@"; }
q() {
  id=$1; limit=$2; shift 2
  section "$*" sh -c 'echo "$1" | qm monitor "$2"' sh "$*" "$vm"
}
${SH_LOOKS}
usage() { echo "usage: sh $0 [-o FILE] [-i SECONDS] [--vm ID]" >&2; exit 64; }
collect() {
  echo "${BUNDLE_HEAD}"
  echo "# made by vio-doctor @VERSION@ script @SYSTEM@"
  echo "# taken $(now)"
  echo "# redacted no"
  [ -z "$left" ] || {
    echo "# not run: VMs $left: --vm names one (${MOST_VMS} are read)"
  }
  echo "# Read it with: vio-doctor diagnose THIS-FILE"
  first
  [ "$wait" = 0 ] || sleep "$wait"
  second
  echo "${MARK} done $n"
}
keep() {
  trap '' INT TERM HUP
  [ ! -e "$file" ] || file=$file.$$
  mv "$part" "$file" || exit 73
  echo "$1: $file" >&2
  exit $2
}
main() {
  file=vio-doctor-$(date -u +%Y%m%d-%H%M%S).txt; wait=10
  vms=; left=; n=0; seen=
  while [ $# -gt 0 ]; do
    case $1 in
    -o) [ $# -gt 1 ] || usage; file=$2; shift ;;
    -i) [ $# -gt 1 ] || usage; wait=$2; shift ;;
    --vm) [ $# -gt 1 ] || usage; vms=$(checked "$2"); shift ;;
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
  [ -n "$vms" ] || {
    vms=$(checked $(find_vms)); left=$(say "$vms" | tail -n +${MOST_VMS + 1})
    vms=$(say "$vms" | head -n ${MOST_VMS})
  }
  vms=$(echo $vms); left=$(echo $left)
  nics=$(checked $(find_nics)); taps=$(checked $(find_taps))
  if [ "$file" = - ]; then file=; collect; exit 0; fi
  part=$file.$$.part
  (: >"$part") 2>/dev/null || { echo "$file: not written" >&2; exit 73; }
  trap 'keep "stopped; what was collected is kept" 2' INT TERM HUP
  collect >"$part"
  case $(tail -n 1 "$part") in
  "${MARK} done $n") keep written 0 ;;
  *) keep "not complete: is the disk full?" 73 ;;
  esac
}`;
