import { InputError } from '../machine/input-error.ts';
import { runSection, type Watch } from '../machine/run-section.ts';
import { type Runner, runHere } from '../machine/runner.ts';
import { connectBySsh } from '../machine/ssh.ts';
import { survey } from '../machine/survey.ts';
import type { Section } from '../model/bundle.ts';
import type { CollectedMachine, CollectionOf } from '../model/collection.ts';
import type { Survey } from '../model/survey.ts';
import { sanitizeLine } from '../report/sanitize.ts';

/** A machine, and how to run there. */
export type End = CollectedMachine & {
  readonly run: Runner;
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
  const seen = await survey(runHere, as ?? 'unknown', watch);
  const machine = as ?? (seen.isGuest ? 'guest' : 'host');
  const own = { ...seen, sections: seen.sections.map((section) => ({ ...section, machine })) };
  return { machine, where: 'this machine', run: runHere, survey: own, close: async () => undefined };
}

async function openThere(machine: 'guest' | 'host', destination: string, watch: Watch): Promise<End> {
  if (!/^[\w@%.:[\]/-]{1,255}$/.test(destination) || destination.startsWith('-')) {
    throw new InputError(
      `${sanitizeLine(destination)}: is no destination for ssh, such as root@fw or a Host of its configuration.`,
    );
  }
  const remote = connectBySsh(destination);
  const seen = await survey(remote.run, machine, watch);
  const lost = seen.sections.find(({ outcome }) => outcome === 'lost');
  if (lost || seen.os === undefined) {
    await remote.close();
    const said = sanitizeLine(lost?.text.trim().split('\n').at(-1) ?? 'it is a system not known here');
    throw new InputError(
      `${destination}: ${said}. Try \`ssh -o BatchMode=yes ${destination} uname -s\`; without ssh, \`vio-doctor script SYSTEM\` prints a collector to copy there.`,
    );
  }
  return { machine, where: destination, run: remote.run, survey: seen, close: remote.close };
}

/** What names the NICs, taps and VMs, so that commands can be filled. OpenBSD's ifconfig is not among it: looking refreshes the link there. */
export async function lookCloser(end: End, vm: string | undefined, watch: Watch): Promise<End> {
  const sections: Section[] = [...end.survey.sections];
  for (const argv of firstLooks(end.machine, end.survey, vm)) {
    const job = { machine: end.machine, probe: `survey/${argv[0]}`, argv };
    sections.push(await runSection(end.run, job, { seconds: 10, kilobytes: 512 }, watch));
  }
  return { ...end, survey: { ...end.survey, sections } };
}

const VM = /^[\w.-]{1,64}$/;

function firstLooks(
  machine: 'guest' | 'host',
  { os, hypervisors }: Survey,
  vm: string | undefined,
): string[][] {
  if (machine === 'guest') {
    if (os === 'linux') return [['ip', '-d', 'addr']];
    return [['cat', '/var/run/dmesg.boot']];
  }
  if (vm !== undefined && !VM.test(vm)) throw new InputError(`${sanitizeLine(vm)}: is no VM's id or name.`);
  const looks: string[][] = [];
  if (os === 'linux') looks.push(['ip', '-d', 'link']);
  if (os === 'openbsd' || os === 'freebsd') looks.push(['ifconfig', '-a']);
  if (vm !== undefined && hypervisors.includes('proxmox')) looks.push(['qm', 'config', vm]);
  if (vm !== undefined && hypervisors.includes('libvirt')) looks.push(['virsh', '--readonly', 'dumpxml', vm]);
  if (hypervisors.includes('vmd')) looks.push(['vmctl', 'status', ...(vm === undefined ? [] : [vm])]);
  return looks;
}
