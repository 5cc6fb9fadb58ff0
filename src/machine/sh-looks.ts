/** How the sh collector finds the names of NICs, VMs and taps, and whether a kernel module is there. */
export const SH_LOOKS = `# Whether one of these kernel modules is there: what would load it is not run.
loaded() {
  # A kernel that cannot load modules has no list of them.
  [ ! -d /sys/module ] || [ -f /proc/modules ] || return 0
  for m in "$@"; do
    [ -d "/sys/module/$m" ] || [ -d "/dev/$m" ] || continue
    return 0
  done
  return 1
}
# Only names that a system gives pass.
checked() {
  for name in "$@"; do
    case $name in
    *[!a-zA-Z0-9_.-]*|-*) ;;
    *) say "$name" ;;
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
find_vms() {
  case @SYSTEM@ in
  proxmox) qm list | awk '$3 == "running" { print $1 }' ;;
  libvirt) virsh --readonly list --name ;;
  esac 2>/dev/null
}
# Where the registers of the virtio NICs of $vm lie.
bars() {
  [ "$seen" = "$vm" ] && return
  seen=$vm
  pci=$(echo 'info pci' | qm monitor "$vm" 2>/dev/null | awk '
    /PCI device / { nic = /1af4:(1000|1041)$/ }
    nic && /BAR[14]:/ {
      for (i = 1; i <= NF; i++)
        if ($i ~ /^0x[0-9a-f]+$/) { print $1 $i; next }
    }' | tr -d '\\r')
  bars1=; bars4=
  for b in $pci; do
    case $b in
    BAR1:0x*) bars1="$bars1 \${b#*:}" ;;
    BAR4:0x*) bars4="$bars4 \${b#*:}" ;;
    esac
  done
}
find_taps() {
  if [ "$(uname -s)" = Linux ]; then
    for d in /sys/class/net/*/tun_flags /sys/class/net/macvtap*/address; do
      [ -f "$d" ] || continue
      d=\${d%/*}; d=\${d##*/}
      case $d in
      tap[0-9]*i[0-9]*)
        v=\${d#tap}; v=\${v%%i*}
        case " $vms " in *" $v "*|'  ') echo "$d" ;; esac ;;
      *) echo "$d" ;;
      esac
    done
  else
    ifconfig -a 2>/dev/null | sed -n 's/^\\(tap[0-9]*\\): .*/\\1/p'
  fi
}`;
