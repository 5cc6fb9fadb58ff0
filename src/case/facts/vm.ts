import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown } from '../../model/known.ts';
import { findThing } from '../look-up.ts';

/** Whether the VM runs at all. */
export const vmFacts: readonly Fact[] = [
  {
    name: 'host.vm',
    asks: 'Does the VM run?',
    words: { running: 'the VM runs', paused: 'the VM is paused: nothing in it runs, its NICs included' },
    read: readVm,
  },
];

/** What QEMU's monitor says of the VM that it belongs to, or a listing of its manager (virsh list, vmctl status). */
export function readVm(nic: Nic, kase: Case): Known<string> {
  const paused = findThing(kase, 'host', 'message', 'vm-paused ');
  const running = findThing(kase, 'host', 'message', 'vm-running ');
  if (paused && !running) return known('paused', paused.at);
  const listed =
    nic.host?.vm === undefined ? undefined : findThing(kase, 'host', 'vm', nic.host.vm)?.says.status;
  return firstKnown(
    mapKnown(nic.host?.qemu?.says.vmRunning, (runs) => (runs ? 'running' : 'paused')),
    mapKnown(listed, (status) => (status === 'running' || status === 'paused' ? status : undefined)),
    running && !paused ? known('running', running.at) : undefined,
  );
}
