// Reads: the rows that make a text a Linux kernel's log, and the rows of one that say nothing of a NIC, by their usual shapes.
// Printed by: init/main.c, arch/x86/kernel/e820.c and setup.c, drivers/pci/probe.c, net/bridge, net/core/dev.c, lib/dump_stack.c and all drivers.
// Fixtures: fixtures/outputs/linux-*/dmesg*.txt.

/** Drivers of Ethernet cards that print `DRIVER PCI-ADDRESS NAME: text` (net/core/dev.c __netdev_printk). */
const DRIVERS =
  'e1000e?|igb|igbvf|igc|ixgbe|ixgbevf|i40e|iavf|ice|r8169|r8168|tg3|vmxnet3|8139cp|8139too|bnx2|bnx2x|bnxt_en|mlx4_en|mlx5_core|atlantic|alx|sky2|forcedeth|pcnet32|ne2k-pci|ena';
const PCI = '[\\da-f]{4}:[\\da-f]{2}:[\\da-f]{2}\\.\\d';
const NAME = '[a-zA-Z][\\w.@-]{0,14}';

/** Rows that no other system's kernel prints. */
export const STRONG_ROWS: readonly RegExp[] = [
  /^Linux version \d{1,2}\.\d{1,3}/,
  /^(?:Kernel command line: |Command line: (?:BOOT_IMAGE=|root=|console=|ro |rw |initrd=))/,
  /^BIOS-(?:e820: \[mem |provided physical RAM map:)/,
  /^Hypervisor detected: [A-Z]/,
  /^Booting paravirtualized kernel on /,
  /^DMI: \S.{2,160}, BIOS /,
  /^setup: Linux is running /,
  /^Machine model: \S/,
  /^pci(?:_bus)? [\da-f]{4}:[\da-f]{2}(?::[\da-f]{2}\.\d)?: /,
  /^virtio_net(?: virtio\d{1,4}[ :]|: )/,
  /^virtio[-_][a-z\d]{2,10} [\w.:@-]{2,40}: /,
  /^(?:virtio(?:_[a-z]{2,10})?|failover|net_failover): (?:Unknown symbol|disagrees about|version magic|module verification|loading out-of-tree|no symbol version)/,
  /^(?:\S{2,30} ){0,3}NETDEV WATCHDOG: /,
  new RegExp(
    `^net ${NAME}: (?:Unexpected TXQ|Fail(?:ed)? to |VIRTIONET issue|virtio_net: |Failed to add sgs)`,
  ),
  new RegExp(`^(?:[a-z][\\w-]{1,20} \\S{2,30} )?${NAME}: renamed from ${NAME}(?: \\(|$)`),
  new RegExp(
    `^${NAME}: (?:port \\d{1,4}\\(${NAME}\\) (?:entered|received|neighbor)|received packet on ${NAME} with own address|BPDU received on blocked port|(?:bridge: )?STP does not work)`,
  ),
  new RegExp(`^(?:device )?${NAME}:? (?:entered|left) (?:promiscuous|allmulticast) mode$`),
  /^IPv[46]: (?:ADDRCONF\(|martian |host )|^ADDRCONF\(NETDEV_|^martian source /,
  /^8021q: (?:adding VLAN|802\.1Q VLAN Support)/,
  new RegExp(`^(?:IPv6: |ICMPv6: )?${NAME}: IPv6 duplicate address `),
  new RegExp(`^(?:${DRIVERS})(?: ${PCI}(?: ${NAME})?: |: ${NAME}:? NIC Link is |: Intel\\(R\\) )`),
  new RegExp(`^(?:TCP: )?${NAME}: (?:Driver has suspect GRO|bad gso: type|hw csum failure)`),
  /^(?:watchdog: )?BUG: soft lockup\b|^INFO: task \S{1,40}:\d{1,9} blocked for more than |^(?:rcu: )?INFO: rcu_\w{2,12} (?:self-)?detected /,
  /^(?:Kernel panic - not syncing|BUG: (?:unable to handle|kernel NULL pointer)|general protection fault|Oops: |kernel BUG at |Internal error: Oops|Unable to handle kernel )/,
  /^systemd\[1\]: Detected (?:virtualization|architecture) /,
  /^(?:Freeing unused kernel|Run \/\S{2,20} as init process|VFS: Mounted root)/,
];

/** Text recognised from a picture keeps these words, though no name around them. */
export const BLURRED_TIMEOUT =
  /^.{0,80}?\b[TIl1]X timeout [o0]n queue: {0,2}[\dO]|^.{0,80}?transmit queue [\dO] timed out [\dO]{4,9} ms/;

export const ORDINARY_ROWS: readonly RegExp[] = [
  /^(?:ACPI|PCI|PM|NET|SMBIOS|e820|tsc|clocksource|rcu|smp|smpboot|x86\/\w{2,8}|pnp|usb|usbcore|input|audit|random|SCSI|libata|scsi|sd|EDAC|iommu|kvm-clock|kvm-guest|Console|Memory|Zone ranges|SLUB|ftrace|LSM|AppArmor|SELinux|VFS|TCP|UDP|i8042|serio|rtc_cmos|loop\d{1,3}|hpet\d?|printk|console|devtmpfs|cpuidle|acpi|acpiphp|raid6|zswap|integrity|Key type|Spectre V\d|process|NMI watchdog|Performance Events|Bluetooth|bridge|nf_conntrack|tun|kvm|kvm_intel|kvm_amd|vhost_net|systemd|systemd-\w{3,12}|udevd|dracut|EXT4-fs|XFS|BTRFS|device-mapper)(?: ?[\w.:/()-]{1,24})?(?:\[\d{1,10}\])? ?: /,
  /^\[mem 0x|^\s{1,4}(?:DMA|DMA32|Normal|Movable|Device|node {1,3}\d)\b/,
  /^Freeing .{1,60}(?:memory|KB|K)\b/,
  // What follows a warning, an oops or a hang: registers, modules, a backtrace.
  /^(?:Modules linked in|CPU: \d|Hardware name|Workqueue|RIP|RSP|RAX|RDX|RBP|RBX|R\d\d|FS|CS|DS|CR2|DR\d|PKRU|EIP|EFLAGS|Code|Stack|Tainted|Comm|Sending NMI|task:|pc|lr|sp|pstate|x\d\d?|Call trace|Call Trace|Backtrace|Workqueue|Kernel Offset|Rebooting in|WARNING: CPU|skb (?:len|linear|headroom)|mac=|shinfo|csum|hash|dev name|sk family|ll header)\b.{0,4}[:=( ]/,
  /^\s{0,3}<\/?(?:IRQ|TASK|NMI|EOI|SOFTIRQ)>/,
  /^\s{0,3}(?:\? |\[<[\da-f]{8,16}>\] (?:\? )?)?[\w.]{2,60}\+0x[\da-f]{1,6}\/0x[\da-f]{1,6}/,
  /^-{2,3}\[ (?:end|cut here|cut)\b|^-{4,12}\[ cut here \]-{4,12}$/,
  // Descriptor rings of e1000e_print_hw_hang() and e1000_clean_tx_irq().
  /^\s{0,8}(?:TDH|TDT|Tx Queue|next_to_use|next_to_clean|time_stamp|next_to_watch(?:\.status)?|jiffies|desc\.status)\s{1,30}<[\da-f]{1,16}>/,
  /^(?:buffer_info\[next_to_clean\]:?|(?:MAC|PHY|PCI|PHY Extended|PHY 1000BASE-T) Status\s{1,30}<[\da-f]{1,16}>)/,
  /^\[(?: {1,2}OK {1,2}|FAILED|DEPEND|\*{1,6} {0,6}| INFO )\] /,
  /^\s{9}(?:Starting|Mounting|Stopping) \S/,
  /^(?:Starting|Stopping|Initializing) [\w ()/*-]{2,60}(?:: (?:OK|FAIL)|\.\.\.(?: done\.?)?)$/,
  /^Welcome to \S.{0,60}!$/,
];
