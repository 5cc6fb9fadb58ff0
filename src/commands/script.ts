import { InputError } from '../machine/input-error.ts';
import { save } from '../machine/save.ts';
import { shScript } from '../machine/sh-script.ts';
import { loadKnowledge } from './knowledge.ts';

/** What may be asked for, which machine it is of, and the probe files it takes. */
const SYSTEMS: Readonly<
  Record<string, { readonly machine: 'guest' | 'host'; readonly probes: readonly string[] }>
> = {
  openbsd: { machine: 'guest', probes: ['openbsd'] },
  freebsd: { machine: 'guest', probes: ['freebsd'] },
  pfsense: { machine: 'guest', probes: ['freebsd'] },
  opnsense: { machine: 'guest', probes: ['freebsd'] },
  dragonfly: { machine: 'guest', probes: ['dragonfly', 'freebsd'] },
  netbsd: { machine: 'guest', probes: ['netbsd'] },
  linux: { machine: 'guest', probes: ['linux'] },
  'linux-host': { machine: 'host', probes: ['linux-host', 'openvswitch'] },
  proxmox: { machine: 'host', probes: ['linux-host', 'openvswitch', 'proxmox', 'qemu'] },
  libvirt: { machine: 'host', probes: ['linux-host', 'openvswitch', 'libvirt'] },
  vmd: { machine: 'host', probes: ['openbsd-host'] },
  bhyve: { machine: 'host', probes: ['bhyve-host'] },
};

export const scriptSystems = Object.keys(SYSTEMS);

/** Prints the sh collector of a system; returns the exit code. */
export async function scriptCommand(system: string, options: { readonly output?: string }): Promise<number> {
  const wanted = SYSTEMS[system];
  if (!wanted)
    throw new InputError(`there is no collector for ${system}; there are ${scriptSystems.join(', ')}.`);
  const { rulebook } = await loadKnowledge();
  const text = shScript({
    system,
    machine: wanted.machine,
    version: typeof VERSION === 'undefined' ? 'dev' : VERSION,
    probes: wanted.probes.flatMap((name) => rulebook.probes.filter((probe) => probe.system === name)),
  });
  if (options.output === undefined) process.stdout.write(text);
  else console.error(`written: ${save(options.output, text)}; run it there with: sh ${options.output}`);
  return 0;
}

declare const VERSION: string | undefined;
