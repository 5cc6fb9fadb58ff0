import { BUNDLE_HEAD, MARK } from '../model/bundle.ts';

/**
 * p: runs a command within its time and prints its section. The output is held in a variable: no temporary file.
 * What is no printable ASCII becomes `?`, so that a console carries it.
 */
export const SH_FUNCTIONS = `LC_ALL=C; export LC_ALL
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
  case $how in 137|265) how=timed-out ;; 127) how=missing ;;
  126) how=refused ;;
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
  if [ "$(uname -s)" = Linux ]; then
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
  if [ "$(uname -s)" = Linux ]; then
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
