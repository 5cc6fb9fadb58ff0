// Reads: the rows of a kernel log that say nothing of a NIC, by their usual shapes, so that only strange ones are told.
// Printed by: sys/kern/subr_bus.c (`unit: <words> on parent`), sys/cam/cam_periph.c (`unit at bus`), sys/x86, the boot loader and rc(8) on a console.
// Fixtures: fixtures/outputs/freebsd-*/dmesg*.txt, dragonfly-6.4/dmesg.txt.

import { VERSION } from './dmesg-boots.ts';

const UNIT = '[a-z][a-z_]{1,19}\\d{1,4}';

/** Rows that no other system's kernel prints. */
export const STRONG_ROWS: readonly RegExp[] = [
  VERSION,
  /^---<<BOOT>>---/,
  /^Copyright \(c\) \S{4,9} The (?:FreeBSD|HardenedBSD|DragonFly) Project\./,
  /^FreeBSD is a registered trademark of /,
  /^FreeBSD (?:clang version |\S{1,40}:llvm)/,
  /^HardenedBSD: /,
  new RegExp(`^${UNIT}: <[^<>]{1,160}> (?:.{1,300} )?(?:on|at) (?:motherboard|${UNIT})(?:[ ,]|$)`),
  new RegExp(`^${UNIT}: <[^<>]{1,160}> .{1,200} at device \\d{1,2}\\.\\d on pci\\d{1,3}`),
  /^pci\d{1,3}: <[^<>]{1,60}>.{0,60} at device \d{1,2}\.\d/,
  /^virtio_(?:pci|mmio)\d{1,3}: /,
  /^vtnet\d{1,3}: (?!flags=)/,
  /^vt(?:blk|scsi|balloon|con|rnd)\d{1,3}: /,
  /^(?:Hypervisor: Origin = "|ACPI APIC Table: <)/,
  /^(?:real|avail) memory {1,2}= \d{6,16} \(\d{1,9} MB\)$/,
  /^Trying to mount root from \w{2,10}:/,
  /^\d{3,10}\.\d{6} \[ {0,4}\d{1,5}\] (?:netmap|generic|nm|vtnet|ptnet)\w{0,30} /,
  /^KLD \S{1,40}: depends on /,
  /^(?:Event timer|Timecounter) "[\w -]{2,24}" /,
];

/** ifconfig's heads, Linux's words for links and bridges, Proxmox's configuration. */
const NOT_OURS =
  '(?!(?:eth|en[ops]|vmbr|fwbr|fwpr|fwln|tap\\d{1,9}i|veth|virbr|net|scsi|ide|sata|unused|hostpci)\\d)';
const NOT_WORDS = '(?!flags=|port \\d\\(|entered |renamed from|NIC Link|Link is |virtio=|e1000=)';

export const ORDINARY_ROWS: readonly RegExp[] = [
  /^Copyright \(c\) [\d, ]{4,60}$/,
  /^\s{0,12}The Regents of the University of California\. /,
  /^ {2,8}\S{1,60}@\S{1,80}:\S{1,220}(?: \w{3,10})?$/,
  new RegExp(`^${NOT_OURS}${UNIT}(?:\\.\\d{1,3})?: ${NOT_WORDS}\\S`),
  new RegExp(`^${NOT_OURS}${UNIT}(?:\\.\\d{1,3})? (?:(?:on|at) ${UNIT}|<[^<>]{2,60}> )`),
  /^(?:CPU|cpu|pcib?|GEOM\w{0,12}|WARNING|SMP|MADT|VT|VT\(\w{1,12}\)|TSC\w{0,12}|Spectre|MDS|VMM|LAPIC|lapic|ACPI\w{0,8}|CAM|DMAR|KDB|GDB|module|random|acpi_hpet|wdog|hammer2?\w{0,12}|ZFS\w{0,12}|Root mount waiting for|Timecounters?|Event timer|SMBIOS|KLD|uart|kern\.\w{1,30}|Expensive timeout\(9\) function|driver bug|Obsolete code will be removed|Loader variables|pid \d{1,7} \([^()]{1,30}\),?|msi|cpu_reset|syslogd)\b/,
  /^\s{1,24}(?:Origin ?= ?"|\w[\w -]{2,40}=0x|cpu\d|XSAVE |VT-x: |SVM: |TSC: |Features|AMD |Structured |IA32_|Auxiliary|Instruction Set|Processor Features|Memory Model|Debug Features|Cache Type|to enable, add)/,
  /^(?:Launching APs|Release APs|Starting (?:CPU \d|[a-z][\w ,.()/-]{1,60}[.:])|FreeBSD\/SMP|Dynamic |Mounting |mountroot|swap low|DMA space|interrupt uses|system call |machdep\.|usb_needs|device_attach: |nexus\d|\[\w{2,20}\] loaded|MAP [\da-f]|evdev |arc4random|uhub_|ugen\d|interface \S{1,30} |linker_load_file|module_register_init|acpi\w{0,8}: |can't |padlock|arp: |in6?_|nd6|ipfw|pf\w{0,8}: |Limiting |sonewconn|swap_pager|Security policy |netmap)/,
  /^(?:Booting|Loading kernel|Setting |Feeding entropy|Creating |Clearing |Updating |Configuring |Syncing |Writing entropy|Local package|ELF ldconfig|Additional |Generating |Performing |Initializing|done\.|Checking |fsck\w{0,8}|swapon: |mount: |File system |Waiting |syncing |Syncing disks|All buffers synced|Uptime: |Rebooting|Shutdown |Stopping |Terminated|Bootup complete|last message repeated \d)/,
  /^[\w./-]{2,40}\[\d{1,7}\]: /,
  /^ {1,8}(?:vfs\.root\.|<fstype>:|Mount <device>|and with the specified|eg\. ufs:|zfs:|cd9660:|\(which is equivalent|\? {5,}|\. {5,}|<empty line>)|^Manual root filesystem/,
  /^(?:random|entropy|link_elf|linker|ipmi|taskqgroup|aesni|cryptosoft|nvme|efirtc|ichwd|superio)\w{0,12}:? /,
];
