import { closeSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, reason } from './input-error.ts';
import { packingOf } from './packing.ts';
import { isReportFolder } from './report-files.ts';

/** One case of a scan: the files or the folder that belong together, or why it cannot be read. */
export type Input =
  | { readonly name: string; readonly paths: readonly string[] }
  | { readonly name: string; readonly error: string };

export type Grouping = {
  /** Every text is a case of its own, also where several lie in one folder. */
  readonly eachFile: boolean;
};

/**
 * What lies below a folder, case by case, in order and one folder at a time. A case is: an archive; a bundle or another text
 * that is whole in itself; an unpacked report; a folder with the folders `guest` or `host`; the texts of a folder together
 * where they are named after commands or sides; any other text. Links are not followed.
 */
export function* findInputs(path: string, grouping: Grouping): Generator<Input> {
  try {
    if (look(path).isDirectory()) yield* inFolder(path, grouping);
    else if (look(path).isFile()) yield { name: path, paths: [path] };
    else yield { name: path, error: 'is neither a file nor a folder.' };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    yield { name: path, error: error.message };
  }
}

function* inFolder(folder: string, options: Grouping): Generator<Input> {
  const entries = entriesOf(folder);
  if (!entries.isRead) {
    yield { name: folder, error: entries.why };
    return;
  }
  const isDescribed = entries.files.includes('case.yaml');
  if (isDescribed || isReportFolder(entries.all) || entries.folders.some((name) => isSide(folder, name))) {
    yield { name: folder, paths: [folder] };
    return;
  }
  const loose: string[] = [];
  for (const name of entries.files) {
    const path = join(folder, name);
    const kind = kindOf(path);
    if (kind === 'foreign') continue;
    if (kind === 'whole' || options.eachFile) yield { name: path, paths: [path] };
    else loose.push(path);
  }
  if (loose.length > 1 && isOneCase(loose)) yield { name: folder, paths: loose };
  else yield* loose.map((path) => ({ name: path, paths: [path] }));
  for (const name of entries.folders) yield* inFolder(join(folder, name), options);
}

/** `guest` or `host` with captures in it; with archives or bundles in it, it is a folder as any other. */
function isSide(folder: string, name: string): boolean {
  if (!/^(?:guest|host|peer)$/.test(name)) return false;
  const entries = entriesOf(join(folder, name));
  return entries.isRead && entries.files.some((file) => kindOf(join(folder, name, file)) === 'loose');
}

type Entries =
  | { isRead: true; all: string[]; files: string[]; folders: string[] }
  | { isRead: false; why: string };

function entriesOf(folder: string): Entries {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const names = (isWanted: (entry: (typeof entries)[0]) => boolean) =>
      entries
        .filter((entry) => !entry.name.startsWith('.') && isWanted(entry))
        .map(({ name }) => name)
        .sort();
    return {
      isRead: true,
      all: entries.map(({ name }) => name),
      files: names((entry) => entry.isFile()),
      folders: names((entry) => entry.isDirectory()),
    };
  } catch (error) {
    return { isRead: false, why: reason(error) };
  }
}

/** Descriptions and pictures beside the captures. */
const FOREIGN =
  /^(?:case\.yaml|origin\.yaml|README(?:\.\w{1,4})?)$|\.(?:png|jpe?g|svg|core|sha256|md5|sig|asc)$/;

const OF_COMMAND =
  /^(?:guest|host|peer)[-_.]|(?:^|[-_./])(?:dmesg|ifconfig|pcidump|pciconf|pcictl|lspci|vmstat|interrupts|ethtool|netstat|nstat|kstat|sysctl|qm|virsh|domiflist|dumpxml|vmctl|vm-conf|vm|bridge|brctl|ip|ipconfig|iptables|nft|pfctl|pf|route|arp|tcpdump|tap\d{0,3}|messages|syslog|journal(?:ctl)?|boot|uname|version|pveversion|info|qtree|xp|setpci|snmp|hostname|rc|loader|kldstat|lsmod|interfaces|ovs|console|cmdline|backtrace|config)(?:[-_.\d]|$)/i;

/** Outputs of one machine, each in a file that says which: at least every second one does. Files of cases have other names. */
function isOneCase(paths: readonly string[]): boolean {
  const named = paths.filter((path) => OF_COMMAND.test(path.slice(path.lastIndexOf('/') + 1)));
  return named.length * 2 >= paths.length;
}

/** A mail, a Proxmox report, a supportconfig text, a bundle of ours. */
const WHOLE =
  /^(?:# vio-doctor bundle \d|\s{0,9}==== general system info ====|(?:Return-Path|Received|Delivered-To|Date|From|To|Subject|Message-ID|MIME-Version): |From \S+ |SENDBUG: )/;

function kindOf(path: string): 'whole' | 'loose' | 'foreign' {
  if (FOREIGN.test(path.slice(path.lastIndexOf('/') + 1))) return 'foreign';
  try {
    return packingOf(path) !== undefined || WHOLE.test(beginningOf(path)) ? 'whole' : 'loose';
  } catch {
    // Whoever reads it will say why it cannot be read, of this file alone.
    return 'whole';
  }
}

function beginningOf(path: string): string {
  const head = Buffer.alloc(200);
  const file = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, head.length, 0)).toString('utf8');
  } finally {
    closeSync(file);
  }
}

function look(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw new InputError(reason(error));
  }
}
