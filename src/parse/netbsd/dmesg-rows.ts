// Reads: the rows of a dmesg that say nothing of a NIC, by their usual shapes, so that only strange ones are told.
// Printed by: sys/kern/subr_autoconf.c (`unit at parent`, `not configured`), kern_tc.c, init_main.c, the boot loader on a console.
// Fixtures: fixtures/outputs/netbsd-*/dmesg*.txt.

import { VERSION } from './dmesg-boots.ts';

/** Rows that no other system's kernel prints. */
export const OWN_ROWS: readonly RegExp[] = [
  VERSION,
  /^Copyright \(c\) 1996, 1997, 1998, 1999, 2000\b/,
  /^\s{0,8}(?:19|20)\d\d, (?:(?:19|20)\d\d(?:,|$) ?){1,14}$/,
  /^\s{0,8}(?:\d{4}, ){0,14}(?:\d{4} )?The NetBSD Foundation, Inc\.(?: {1,2}All rights reserved\.)?$/,
  /^>> NetBSD\/\S{1,20} .{1,40}Boot/,
  /^(?:mainbus|armfdt|simplebus|cpubus|riscv)\d \(root\)(?:$|: )/,
  /^timecounter: Timecounters? (?:"|tick every )/,
  /^(?:total|avail) memory = \d{1,9} [KM]B$/,
  /^Kernelized RAIDframe activated$/,
  /^[a-z]{2,12}\d{1,3} at pci\d{1,3} dev \d{1,2} function \d: (?!")\S/,
  /^(?!vendor ")[^"]{2,140} at pci\d{1,3} dev \d{1,2} function \d not configured$/,
  /^pci\d{1,3}: (?:i\/o space, memory space enabled|This pci host supports neither MSI nor MSI-X)/,
  /^(?!virtio)[a-z]{2,12}\d{1,3}: (?:[\w ]{1,40} )?interrupting (?:at|on) /,
  /^acpi0 at mainbus0: Intel ACPICA /,
  /^root on [a-z]{2,6}\d{1,3}[a-p]?(?: dumps on .{1,20}|$)/,
  /^root file system type: \S{1,20}$/,
  /^kern\.module\.path=\//,
  /^(?:ld|wd|sd)\d{1,3}: GPT GUID: /,
  /^[a-z]{2,4}\d{1,3} at scsibus\d{1,3} target \d{1,3} lun \d{1,3}: </,
  /^dk\d{1,3} at (?:ld|wd|sd)\d{1,3}: "/,
];

/** Rows that begin OpenBSD's dmesg as well: once NetBSD's has begun they are its own. */
export const SHARED_ROWS: readonly RegExp[] = [/^acpi[a-z]{1,12}\d{1,3} at acpi\d(?:$|: )/];

/** FreeBSD's `em0: <Intel ...>`, ifconfig's `wm0: flags=`, dhcpcd's and other daemons' words. */
const NOT_WORDS =
  '(?!<|flags=|index=|link state changed|port \\d\\(|entered |renamed |NIC Link|carrier |IAID |soliciting |rebinding |offered |leased |adding |deleting |probing |using IPv4LL|waiting for )';
const NOT_OURS =
  '(?!(?:vtnet|eth|en[ops]|vmbr|tap|veth|virbr|br|bond|docker|net|scsi|ide|sata|unused|serial|smbios)\\d)';

export const ORDINARY_ROWS: readonly RegExp[] = [
  /^Copyright \(c\) 1982, 1986, 1989, 1991, 1993$/,
  /^\s{0,12}The Regents of the University of California\. /,
  /^\s{0,12}\S{1,60}:\/\S{1,200}$/,
  new RegExp(`^${NOT_OURS}[a-z\\d]{2,16}\\d{1,4} at [a-z\\d]{2,16}\\d{1,4}(?=$|[\\s:,(])`),
  new RegExp(`^${NOT_OURS}[a-z][a-z\\d]{1,15}\\d{1,4}: ${NOT_WORDS}\\S`),
  /^.{1,140} at [a-z]{2,12}\d{1,3}.{0,60} not configured$/,
  /^ACPI(?: BIOS Warning| Error| Warning| Exception)?(?: \(.{1,20}\))?: /,
  /^(?:timecounter|rnd|entropy|efi|cpu_rng|running cgd selftest|bootpath|clock|x86|WARNING|warning|uvm_fault|boot device|IPsec|root device|dump device|file system|init path|init|npf|ipfilter|IP Filter|kernel|panic|fatal|trap|Mutex|syncing disks|rebooting|unmounting|swwdog|exec|drm)\b.{0,200}$/,
  /^(?:xhci|ehci|uhci|ohci)\* (?:already )?disabled$/,
  /^(?:No statclock|Spurious interrupt|Initialzing hardclock|Qemu \d|MC68\d{3}|OBP version|Booting netbsd|Loading |\d{3,9}\+\d{1,9}\S{0,40}=0x)/,
  /^(?:wd|cd|sd|ld|probe)\d{0,3}(?:\([a-z]{2,12}\d{1,3}:\d{1,3}:\d{1,3}\)|: <|: \d)/,
  /^ahcisata\d{1,3} port \d{1,3}: /,
  /^[a-z]{2,12}\d{1,3}: {2,4}\S/,
  /^\s{2,8}(?:19|20)\d\d$|^: [Ff]eatures: 0/,
  /^(?:kern (?:info|notice|error): )?\[drm[\]:]/,
  /^(?:Firmware Warning|Zone {1,3}(?:kernel|dma32)|no data for est\. mode|autoconfiguration error|allocated pic|vchiq)\b/,
  /^(?:uhub|umass|uhidev|ukbd|ums|uaudio)\d{1,3} at /,
  /^(?:Generic PC$|\S.{1,80}: no root|sysctl_createv: )/,
  /^(?:\/|cpu|memory|soc)[\w@,./-]{1,120} at [a-z]{2,12}\d{1,3} not configured$/,
];
