import type { Capture } from '../model/capture.ts';
import { isAskedCommand, isAskedFile } from '../model/report-commands.ts';

export type ReportFile = Pick<Capture, 'name' | 'side' | 'argv'>;

/**
 * Which files of another tool's report tell of the network, and the command each is the output of; nothing for the others.
 * `path` is inside the report, with or without the folder that it was packed in.
 */
export function reportFile(path: string): ReportFile | undefined {
  const given = path.replace(/^(?:\.\/)+/, '');
  const inside = /^(?:sosreport|insights|scc_|nts_|status_output)/.test(given)
    ? given.replace(/^[^/]*\//, '')
    : given;
  return ofSos(inside) ?? ofSupportconfig(inside) ?? ofPfsense(inside);
}

/** The tool that made a report, by a path that stands in no other. */
export function isReportPath(path: string): boolean {
  return /(?:^|\/)(?:sos_commands|sos_reports|insights_commands|status_output)\/|(?:^|\/)(?:scc|nts)_[^/]{1,80}\/|(?:^|\/)basic-environment\.txt$/.test(
    path,
  );
}

/** Whether a folder is such a report, unpacked. */
export function isReportFolder(entries: readonly string[]): boolean {
  const has = (pattern: RegExp) => entries.some((entry) => pattern.test(entry));
  return (
    has(/^(?:sos_commands|insights_commands|sos_reports)$/) ||
    (has(/^basic-environment\.txt$/) && has(/^network\.txt$/)) ||
    (has(/^config-sanitized\.xml$/) && has(/^(?:OS|Network|Firewall|Disk)-.*\.txt$/))
  );
}

/**
 * sosreport and insights: a file is named after its command, blanks as `_` and slashes as `.` (_mangle_command in
 * sos/report/plugins/__init__.py, insights/client/insights_spec.py); copied files keep their path.
 */
function ofSos(inside: string): ReportFile | undefined {
  const [, plugin] =
    /^(?:data\/)?(?:sos_commands\/([a-z_]{1,30})|insights_commands)\/[^/]{1,255}$/.exec(inside) ?? [];
  const file = inside.slice(inside.lastIndexOf('/') + 1);
  if (plugin !== undefined || /^(?:data\/)?insights_commands\/[^/]{1,255}$/.test(inside)) {
    const argv = file.split('_').filter(Boolean);
    return isAskedCommand(argv.join(' ')) ? { name: inside, side: 'unknown', argv } : undefined;
  }
  const copied = `/${inside.replace(/^data\//, '')}`;
  return isAskedFile(copied) ? { name: inside, side: 'unknown', argv: ['cat', copied] } : undefined;
}

/** supportconfig (SUSE): texts with many outputs each, cut in parse/unpack-supportconfig.ts. */
function ofSupportconfig(inside: string): ReportFile | undefined {
  if (
    !/^(?:basic-environment|boot|hardware|kvm|messages|modules|network|openvswitch|proc)\.txt$/.test(inside)
  )
    return undefined;
  return { name: inside, side: 'unknown' };
}

/** status.php of pfSense (src/usr/local/www/status.php, `defCmdT`): a file is named after its heading on that page. */
function ofPfsense(inside: string): ReportFile | undefined {
  const [, title = ''] = /^([\w .()-]{1,80})\.(?:txt|xml)$/.exec(inside) ?? [];
  const argv = HEADINGS.find(([heading]) => heading.test(title))?.[1];
  return argv === undefined ? undefined : { name: inside, side: 'guest', argv: argv.split(' ') };
}

const HEADINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:Network-)?Interfaces$/, 'ifconfig -vvvvvam'],
  [/^(?:Network-)?Interface(?:s)? [sS]tatistics$/, 'netstat -nWi'],
  [/^(?:Network-)?Routing tables$/, 'netstat -nWr'],
  [/^(?:Network-)?Mbuf Usage$/, 'netstat -mb'],
  [/^(?:Network-)?ARP Table$/, 'arp -an'],
  [/^(?:OS-)?Kernel VMStat$/, 'vmstat -afimsz'],
  [/^(?:OS-)?Message Buffer$/, 'dmesg -a'],
  [/^(?:OS-)?Message Buffer \(Boot\)$/, 'cat /var/log/dmesg.boot'],
  [/^(?:OS-)?sysctl values$/, 'sysctl -aq'],
  [/^(?:OS-)?Boot Loader Configuration$/, 'cat /boot/loader.conf'],
  [/^(?:OS-)?Boot Loader Configuration \(Local\)$/, 'cat /boot/loader.conf.local'],
  [/^(?:Hardware-)?PCI Devices$/, 'pciconf -lvb'],
  [/^Firewall-pf NAT Rules$/, 'pfctl -vvsn'],
  [/^Firewall-pf Firewall Rules$/, 'pfctl -vvsr'],
  [/^Firewall-pf Info$/, 'pfctl -si'],
  [/^config-sanitized$/, 'cat /conf/config.xml'],
  [/^Log-System(?:-Last \d{1,6} entries)?$/, 'cat /var/log/system.log'],
];
