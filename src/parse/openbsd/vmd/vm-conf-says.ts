import type { Row } from '../../../model/line.ts';
import type { Notes } from '../../reading.ts';
import { type Block, plainNic, type Vm, type VmConf } from './vm-conf-blocks.ts';

/** VM_MAX_NICS_PER_VM of usr.sbin/vmd/vmd.h. */
const MOST_NICS = 4;

/** Says what the whole file tells, once it was read. */
export function sayVmConf(file: VmConf, notes: Notes): void {
  for (const [name, block] of file.switches)
    for (const { says, row } of block) notes.say('vmSwitch', name, says, row);
  const parents = new Map([...file.vms].reverse().map((vm) => [vm.name, vm]));
  for (const vm of file.vms) {
    notes.say(
      'vm',
      vm.name,
      { name: vm.name, manager: 'vmd', enabled: vm.disabled === undefined },
      vm.disabled ?? vm.row,
    );
    for (const [index, nic] of nicsOf(vm, parents).entries()) sayNic(vm.name, index, nic, file, notes);
  }
}

/** An instance has its parent's interfaces, but no address or tap of theirs (vm.conf(5), VM INSTANCES). */
function nicsOf(vm: Vm, parents: ReadonlyMap<string, Vm>): Block<'vmNic'>[] {
  const parent = parents.get(vm.parent ?? '');
  const inherited = (parent?.nics ?? []).map((nic) =>
    nic.map(({ says: { mac, tap, ...says }, row }) => ({ says, row })),
  );
  const nics = vm.nics.length > 0 ? [...vm.nics] : inherited;
  while (nics.length < Math.min(vm.least, MOST_NICS)) nics.push([{ says: plainNic, row: vm.row }]);
  return nics;
}

function sayNic(vm: string, index: number, nic: Block<'vmNic'>, file: VmConf, notes: Notes): void {
  const id = `${vm}/if${index}`;
  for (const { says, row } of nic) notes.say('vmNic', id, { vm, index, ...says }, row);
  const wanted = nic.findLast(({ says }) => says.switch !== undefined);
  if (wanted?.says.switch === undefined) return;
  const target = file.switches.get(wanted.says.switch);
  const off = target?.find(({ says }) => says.enabled === false);
  if (target === undefined || off) {
    // An included file, or a part that was not shown, may define it.
    const isKnown = off !== undefined || (file.switches.size > 0 && !file.includes);
    if (isKnown)
      notes.say('vmNic', id, { switchDefined: false }, off ? both(wanted.row, off.row) : wanted.row);
    return;
  }
  for (const { says, row } of target) {
    const { bridge, macGuard, rdomain, group } = says;
    const own = (property: 'rdomain' | 'group') => nic.some(({ says: told }) => told[property] !== undefined);
    const given = {
      bridge,
      macGuard: macGuard || undefined,
      rdomain: own('rdomain') ? undefined : rdomain,
      group: own('group') ? undefined : group,
    };
    if (Object.values(given).some((value) => value !== undefined))
      notes.say('vmNic', id, { ...given, ...(bridge && { switchDefined: true }) }, both(wanted.row, row));
  }
}

function both(a: Row, b: Row): Row {
  const [first, ...more] = a.at;
  const others = b.at.filter(({ number, sample }) => number !== first.number || sample !== first.sample);
  return { text: a.text, at: [first, ...more, ...others] };
}
