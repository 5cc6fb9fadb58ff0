// Reads: the rows of a dmesg that say nothing of a NIC, by their usual shapes, so that only strange ones are told.
// Printed by: sys/kern/subr_autoconf.c (`unit at parent`), sys/dev/pci/pci.c and sys/dev/acpi/acpi.c (`not configured`), every driver's
// `unit: words`, and the boot loader on a console. Fixtures: fixtures/outputs/openbsd-*/dmesg*.txt.

import { VERSION } from './dmesg-boots.ts';

/** Rows that no other system's kernel prints (NetBSD and FreeBSD write `at pci0 dev 3 function 0: ...` and `at device 3.0 on pci0`). */
export const STRONG_ROWS: readonly RegExp[] = [
  VERSION,
  /^Copyright \(c\) \w{4}-\w{4} OpenBSD\. /,
  /^\[ using \d{3,12} bytes of bsd ELF symbol table \]$/,
  /^acpi[a-z]{1,12}\d{1,3} at acpi\d(?:$|: )/,
  /^"[^"]{1,40}"(?: rev .{1,20})? at acpi\d not configured"?$/,
  /^disks: [a-z]d\d[*+]?(?: |$)/,
  /^(?:>> )?OpenBSD\/\w{3,10} (?:BOOT|CDBOOT|PXEBOOT)\w{0,10} \d/,
  /^booting \w{2,5}\d\w:\S{1,60}: \d/,
  /^(?:real|avail) mem {1,2}= \d{5,16} \(\d{1,9}MB\)$/,
  /^[a-z]{2,12}\d{1,3} at pci\d{1,3} dev \d{1,2} function \d (?:"|vendor ")/,
  /^(?:"[^"]{1,80}"|vendor "[^"]{1,60}", unknown product 0x).{0,120} at pci\d{1,3} dev \d{1,2} function \d not configured$/,
  /^[a-z]{2,4}\d{1,3} at scsibus\d{1,3} targ \d{1,3} lun \d{1,3}: </,
  /^mainbus0 at root(?:: .{1,80})?$/,
  /^(?:bios0 at mainbus0: SMBIOS |efi0 at mainbus0: UEFI |pvbus0 at mainbus0: |vmm0 at mainbus0: |ioapic0 at mainbus0: apid )/,
  /^cpu\d{1,3} at mainbus0(?:: (?:apid \d|\(uniprocessor\))| mpidr )/,
  /^acpi0 at (?:bios|mainbus)0: (?:ACPI|rev) \d/,
  /^bios0: (?:vendor|QEMU|OpenBSD VMM) /,
  /^root on \w{2,5}\d\w (?:\(\S{1,40}\) )?swap on /,
];

/** Interfaces and other things of Linux, FreeBSD, NetBSD and Proxmox that have the same shape. */
const NOT_OURS =
  '(?!(?:vioif|vtnet|eth|en[ops]|ens|vmbr|fwbr|fwpr|fwln|tap|veth|virbr|br|bond|docker|wlan|lxc|ata|ada|da|usbus|loop|md|net|scsi|ide|sata|unused|hostpci|efidisk|tpmstate|serial)\\d|smbios\\d: uuid|virtio\\d{1,3}: [\\w-]{1,60}:)';
/** FreeBSD's `em0: <Intel ...>`, ifconfig's `vio0: flags=`, the words of bridges and links elsewhere. */
const NOT_WORDS =
  '(?!<|flags=|link state changed|Ethernet address|port \\d\\(|entered |renamed |carrier|NIC Link|Using \\d|netmap |promiscuous mode|EEPROM V|PCI Express Bus|Link is )';

export const ORDINARY_ROWS: readonly RegExp[] = [
  // NetBSD prints these two as well, so they do not begin a dmesg.
  /^Copyright \(c\) 1982, 1986, 1989, 1991, 1993$/,
  /^\s{0,12}The Regents of the University of California\. /,
  /^\s{0,12}[\w.-]{1,60}@[\w.-]{1,100}:\/\S{1,200}$/,
  new RegExp(
    `^${NOT_OURS}[a-z]{2,15}\\d{1,4} at (?:root|[a-z]{2,15}\\d{1,4})(?=$|[\\s:,])(?!.{0,40} scbus\\d)`,
  ),
  new RegExp(`^${NOT_OURS}[a-z]{2,15}\\d{1,4}: ${NOT_WORDS}\\S`),
  /^(?:[a-z]{2,15} at |"|vendor "| at [a-z]).{0,260} ?not configured"?$/,
  /^[a-z]{2,15}\d{1,4} detached$/,
  /^(?:wd|cd|sd)\d{1,3}\([a-z]{2,12}\d{1,3}:\d:\d\): /,
  /^\d{1,3}:\d{1,2}:\d: (?:rom|mem|io|bridge|bus) .{1,80}$/,
  /^(?:random|warning|WARNING|mtrr|bootpath|boot device|splassert|panic|kernel|uvm|NOTE|root device|swap device|dump device|drm|DMAR): /,
  /^\/dev\/ksyms: /,
  /^drm:pid\d{1,7}:/,
  /^\[drm\] /,
  /^(?:syncing disks\.\.\.|rebooting\.\.\.|dumping to dev|dump .{0,20}succeeded|initializing kernel modesetting|using parent |console out |user mem |stopped at |uvm_fault\()/i,
  /^(?:cannot forward src |arp(?:resolve)?: |duplicate IP6? address |nd6_|in6_|pf: |pid \d{1,7} |uid \d{1,7} on |\/\S{0,60}: file system full|\w{4,12}: table is full|atascsi_|ni_cp: |Bogus possible_clones: |stray interrupt)/,
  /^(?:disks: |probing: |boot>|cannot open \S{1,80}: |entry point at 0x|[A-Z][A-Z\d]{3}(?: [A-Z][A-Z\d]{3}){2,40}$)/,
  /^(?:erase \^|Welcome to the OpenBSD\/|\(I\)nstall, )/,
  /^em\d{1,3}: (?:EEPROM read error|The EEPROM Checksum Is Not Valid|Unable to initialize the hardware|watchdog: head )/,
];
