import { InputError } from '../machine/input-error.ts';
import type { Survey, Vm } from '../model/survey.ts';
import { sanitizeLine } from '../report/sanitize.ts';

/** How many VMs are looked at when none was named. */
const MOST_VMS = 16;

/** The VMs that a collection is about: the one that was named, by its id or name; else all that run. */
export function vmsOf({ vms }: Survey, named: string | undefined): readonly Vm[] {
  if (named === undefined)
    return vms.filter(({ isRunning, id }) => isRunning && VM.test(id)).slice(0, MOST_VMS);
  const found = vms.find(({ id, name }) => id === named || name === named);
  const vm = found ?? { id: named, name: named, isRunning: true };
  if (!VM.test(vm.id)) throw new InputError(`${sanitizeLine(named)}: is no VM's id or name.`);
  return [vm];
}

/** Nothing that could be taken for an option. */
const VM = /^[a-zA-Z\d_][\w.+@-]{0,62}$/;

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
