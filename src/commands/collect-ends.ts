import { InputError } from '../machine/input-error.ts';
import { runSection } from '../machine/run-section.ts';
import { type Runner, runHere } from '../machine/runner.ts';
import { connectBySsh } from '../machine/ssh.ts';
import { survey } from '../machine/survey.ts';
import type { Section } from '../model/bundle.ts';
import type { Survey } from '../model/survey.ts';
import { sanitizeLine } from '../report/sanitize.ts';

/** One machine that is collected from: how to run there, and what it turned out to be. */
export type End = {
  readonly machine: 'guest' | 'host';
  /** For people: `this machine`, `root@pve`. */
  readonly where: string;
  readonly run: Runner;
  readonly survey: Survey;
  readonly close: () => Promise<void>;
};

export type Ends = readonly End[];

export type EndOptions = {
  readonly guest?: string;
  readonly host?: string;
  readonly as?: 'guest' | 'host';
  readonly vm?: string;
};

/** Reaches the machines and has a first look at each. Throws InputError when one cannot be reached. */
export async function openEnds(
  options: EndOptions,
  say: (line: string) => void,
  stop: AbortSignal,
): Promise<Ends> {
  const { guest, host } = options;
  if (guest === undefined && host === undefined) return [await openHere(options, stop)];
  const wanted = [
    ...(guest === undefined ? [] : [{ machine: 'guest' as const, destination: guest }]),
    ...(host === undefined ? [] : [{ machine: 'host' as const, destination: host }]),
  ];
  say('over ssh, with its own configuration, keys and known hosts (BatchMode: it never asks for a password)');
  return Promise.all(
    wanted.map(({ machine, destination }) => openThere(machine, destination, options, stop)),
  );
}

async function openHere({ as, vm }: EndOptions, stop: AbortSignal): Promise<End> {
  const seen = await survey(runHere, as ?? 'unknown', stop);
  const machine = as ?? (seen.isGuest && vm === undefined ? 'guest' : 'host');
  const own = { ...seen, sections: seen.sections.map((section) => ({ ...section, machine })) };
  const looked = await withFirstLooks(runHere, machine, own, vm, stop);
  return { machine, where: 'this machine', run: runHere, survey: looked, close: async () => undefined };
}

async function openThere(
  machine: 'guest' | 'host',
  destination: string,
  { vm }: EndOptions,
  stop: AbortSignal,
): Promise<End> {
  if (!/^[\w@%.:[\]/-]{1,255}$/.test(destination) || destination.startsWith('-')) {
    throw new InputError(
      `${sanitizeLine(destination)}: is no destination for ssh, such as root@fw or a Host of its configuration.`,
    );
  }
  const remote = connectBySsh(destination);
  const seen = await survey(remote.run, machine, stop);
  const lost = seen.sections.find(({ outcome }) => outcome === 'lost');
  if (lost || seen.os === undefined) {
    await remote.close();
    const said = sanitizeLine(lost?.text.trim().split('\n').at(-1) ?? 'it is a system not known here');
    throw new InputError(
      `${destination}: ${said}. Try \`ssh -o BatchMode=yes ${destination} uname -s\`; without ssh, \`vio-doctor script SYSTEM\` prints a collector to copy there.`,
    );
  }
  const looked = await withFirstLooks(remote.run, machine, seen, vm, stop);
  return { machine, where: destination, run: remote.run, survey: looked, close: remote.close };
}

/** What names the NICs, taps and VMs, so that commands can be filled. OpenBSD's ifconfig is not among it: looking refreshes the link there. */
async function withFirstLooks(
  run: Runner,
  machine: 'guest' | 'host',
  seen: Survey,
  vm: string | undefined,
  stop: AbortSignal,
): Promise<Survey> {
  const sections: Section[] = [...seen.sections];
  for (const argv of firstLooks(machine, seen, vm)) {
    const job = { machine, probe: `survey/${argv[0]}`, argv };
    sections.push(await runSection(run, job, { seconds: 10, kilobytes: 512 }, stop));
  }
  return { ...seen, sections };
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
