import { monitorWay } from '../diagnose/monitor-way.ts';
import { InputError } from '../machine/input-error.ts';
import { inLanes } from '../machine/lanes.ts';
import { type Reach, thisMachine } from '../machine/reach.ts';
import { runSection, type Watch } from '../machine/run-section.ts';
import { connectBySsh } from '../machine/ssh.ts';
import { survey } from '../machine/survey.ts';
import type { CollectedMachine, CollectionChoices, CollectionOf, Through } from '../model/collection.ts';
import type { Vm } from '../model/survey.ts';
import { sanitizeLine } from '../report/sanitize.ts';
import { firstLooks, vmsOf } from './first-looks.ts';

/** A machine, and how to run there. */
export type End = CollectedMachine & {
  readonly reach: Reach;
  /** The VMs that a collection from this host is about. */
  readonly vms: readonly Vm[];
  readonly close: () => Promise<void>;
};

export type Ends = readonly End[];

/** Reaches the machines and has a first look at each. Throws InputError when one cannot be reached. */
export async function openEnds({ guest, host, as }: CollectionOf, watch: Watch): Promise<Ends> {
  if (guest === undefined && host === undefined) return [await openHere(as, watch)];
  const wanted = [
    ...(guest === undefined ? [] : [{ machine: 'guest' as const, destination: guest }]),
    ...(host === undefined ? [] : [{ machine: 'host' as const, destination: host }]),
  ];
  const opened = await Promise.allSettled(
    wanted.map(({ machine, destination }) => openThere(machine, destination, watch)),
  );
  const ends = opened.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  const refused = opened.find((end) => end.status === 'rejected');
  if (!refused) return ends;
  await Promise.all(ends.map((end) => end.close()));
  throw refused.reason;
}

async function openHere(as: CollectionOf['as'], watch: Watch): Promise<End> {
  const seen = await survey(thisMachine, as ?? 'unknown', watch);
  const machine = as ?? (seen.isGuest ? 'guest' : 'host');
  const own = { ...seen, sections: seen.sections.map((section) => ({ ...section, machine })) };
  return {
    machine,
    where: 'this machine',
    reach: thisMachine,
    vms: [],
    survey: own,
    close: async () => undefined,
  };
}

async function openThere(machine: 'guest' | 'host', destination: string, watch: Watch): Promise<End> {
  if (!/^[\w@%.:[\]/-]{1,255}$/.test(destination) || destination.startsWith('-')) {
    throw new InputError(
      `${sanitizeLine(destination)}: is no destination for ssh, such as root@fw or a Host of its configuration.`,
    );
  }
  const remote = connectBySsh(destination);
  const seen = await survey(remote, machine, watch);
  const lost = seen.sections.find(({ outcome }) => outcome === 'lost');
  if (lost || seen.os === undefined) {
    await remote.close();
    const said = (lost ?? seen.sections[0])?.text.trim() ?? '';
    const why = lost ? whyLost(said) : `it is a system not known here${said === '' ? '' : ` (${said})`}`;
    throw new InputError(
      `${destination}: ${sanitizeLine(why)}. Try \`ssh -o BatchMode=yes ${destination} uname -s\`; without ssh, \`vio-doctor script SYSTEM\` prints a collector to copy there.`,
    );
  }
  return { machine, where: destination, reach: remote, vms: [], survey: seen, close: remote.close };
}

/** Looks at the NICs, taps and VMs there: at one VM where it was named. */
export async function lookCloser(
  end: End,
  { vm, monitor }: Pick<CollectionChoices, 'vm' | 'monitor'>,
  watch: Watch,
): Promise<End> {
  const { machine, survey: seen, reach } = end;
  const vms = machine === 'host' ? vmsOf(seen, vm) : [];
  const look = (argv: readonly string[], through?: Through) => {
    const job = { machine, probe: `survey/${argv[0]}`, argv, ...(through && { through }) };
    return runSection(reach, job, { seconds: 10, kilobytes: 512 }, watch);
  };
  // Where the registers lie must be known before they can be read.
  const way = vms.length === 1 || monitor !== undefined ? monitorWay(seen, vms[0]?.id, monitor) : undefined;
  const looks = firstLooks(machine, seen, vms).map((argv) => () => look(argv));
  if (machine === 'host' && way && way.disturbs === undefined)
    looks.push(() => look(['info', 'pci'], way.through));
  const looked = await inLanes(reach.lanes, looks);
  return { ...end, vms, survey: { ...seen, sections: [...seen.sections, ...looked] } };
}

/** The last line that ssh said, and what to do where it wanted to ask something: it may not (BatchMode). */
function whyLost(said: string): string {
  const last = said.split('\n').at(-1)?.replace(/\.$/, '') ?? '';
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED/.test(said))
    return `${last}: its host key is another one than before; find out why, then put it right with \`ssh-keygen -R\``;
  if (/Host key verification failed/.test(said))
    return `${last}: its host key is not known yet; connect once by hand, compare the key, then run this again`;
  if (/Permission denied \(/.test(said))
    return `${last}: it wants a password, or the passphrase of a key, and nobody is asked for one here; load the key with \`ssh-add\`, or put one there with \`ssh-copy-id\``;
  return last === '' ? 'the connection was lost' : last;
}
