// Reads: what `pvereport` prints (also "System Report" of the web interface): all of a Proxmox VE host, output by output.
// Printed by: pve-manager, PVE/Report.pm: `==== title ====`, an empty line, `# command`, what it prints.
// Fixtures: fixtures/outputs has those of its commands; test/parse/unpack.test.ts makes reports.

import type { Capture } from '../../model/capture.ts';
import { numberedRows } from './numbered-rows.ts';
import { cutSections, type Head } from './sections.ts';

const TITLE = /^==== (?:general system info|overall system load info|info about [\w -]{1,40}) ====$/;

/** Commands of all its versions; a remark in /etc/network/interfaces stands below an empty line, too. */
const COMMAND =
  /^# ((?:hostname|date -R|cat \/\S|pveversion|top -b|pvesubscription get|apt-cache policy|apt-mark showhold|lscpu|pvesh get|head \/proc|pvesm status|findmnt|df -|proxmox-boot-tool|qm list|pct list|ip -|iptables-save|nft list|pvecm |ha-manager|dmidecode|lspci|lsblk|ls -l|iscsiadm|pvs|lvs|vgs|zpool|zfs|arcstat|pveceph|ceph |multipath|rbd ).{0,200})$/;
/** Stands above the files of a folder. */
const FILES = /^# output '.{1,200}' file\(s\)$/;

/** The outputs of a report that tell of the network, all of them the host's; nothing for any other text. */
export function unpackPvereport(capture: Capture): Capture[] | undefined {
  if (!capture.text.includes('==== ')) return undefined;
  const rows = numberedRows(capture);
  if (!rows.some(({ text }) => TITLE.test(text))) return undefined;
  const headOf = ({ text }: { text: string }, index: number): Head => {
    if (TITLE.test(text) || FILES.test(text)) return 'end';
    const command = rows[index - 1]?.text === '' ? COMMAND.exec(text)?.[1] : undefined;
    return command === undefined ? undefined : { command: withoutShell(command) };
  };
  return cutSections({ ...capture, side: 'host' }, rows, headOf);
}

function withoutShell(command: string): string {
  return command.replace(/ (?:\||2>).{0,200}$/, '').trim();
}
