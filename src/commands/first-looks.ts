import { InputError } from '../machine/input-error.ts';
import { type LeftOut, MOST_VMS } from '../model/collection.ts';
import type { Survey, Vm } from '../model/survey.ts';
import { sanitizeLine } from '../report/sanitize.ts';

/** The VMs that a collection is about: the one that was named, by its id or name, or none; else all that run. */
export function vmsOf({ vms }: Survey, named: string | null | undefined): readonly Vm[] {
  if (named === null) return [];
  if (named === undefined)
    return vms.filter(({ isRunning, id }) => isRunning && VM.test(id)).slice(0, MOST_VMS);
  const found = vms.find(({ id, name }) => id === named || name === named);
  const vm = found ?? { id: named, name: named, isRunning: true };
  if (!VM.test(vm.id)) throw new InputError(`${sanitizeLine(named)}: is no VM's id or name.`);
  return [vm];
}

/** Nothing that could be taken for an option. */
const VM = /^[a-zA-Z\d_][\w.+@-]{0,62}$/;

/** The VMs that run and are not looked at where none was named: they are told, never dropped in silence. */
export function vmsLeftOut({ vms }: Survey): LeftOut[] {
  const running = vms.filter(({ isRunning }) => isRunning);
  const strange = running.filter(({ id }) => !VM.test(id)).length;
  const beyond = running.filter(({ id }) => VM.test(id)).slice(MOST_VMS);
  return [
    ...beyond.map(({ id }) => ({
      probe: `VM ${id}`,
      machine: 'host' as const,
      why: `of ${running.length} VMs that run here the first ${MOST_VMS} are looked at`,
      addedBy: 'vm' as const,
    })),
    ...(strange === 0
      ? []
      : [
          {
            probe: `${strange} VM${strange === 1 ? '' : 's'}`,
            machine: 'host' as const,
            why: 'a name like that could be taken for an option or a command',
          },
        ]),
  ];
}

/** What names the NICs, taps and VMs, so that commands can be filled. OpenBSD's ifconfig is not among it: looking refreshes the link there. */
export function firstLooks(
  machine: 'guest' | 'host',
  { os, hypervisors }: Survey,
  vms: readonly Vm[],
): string[][] {
  if (machine === 'guest') return [os === 'linux' ? ['ip', '-d', 'addr'] : ['cat', '/var/run/dmesg.boot']];
  const looks: string[][] = [];
  if (os === 'linux') looks.push(['ip', '-d', 'link']);
  if (os === 'openbsd' || os === 'freebsd') looks.push(['ifconfig', '-a']);
  if (hypervisors.includes('proxmox')) looks.push(...vms.map(({ id }) => ['qm', 'config', id]));
  else if (hypervisors.includes('libvirt'))
    looks.push(...vms.map(({ id }) => ['virsh', '--readonly', 'dumpxml', id]));
  return looks;
}
