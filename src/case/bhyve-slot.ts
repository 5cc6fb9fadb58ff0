import type { Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';

/**
 * Which NIC of which VM a tap is of, and its switch: vm-bhyve describes it `vmnet/NAME/N/SWITCH`, before 1.4 with hyphens.
 * vm-bhyve lib/vm-run, vm::run()
 */
export function bhyveSlot(tap: Thing<'interface'> | undefined): { vm: string; index: number } | undefined {
  const description = valueIn(tap?.says.description) ?? '';
  const [, vm, index] =
    /^vmnet\/([\w.-]{1,64})\/(\d{1,3})\/[\w.-]{1,32}$/.exec(description) ??
    /^vmnet-([\w.-]{1,64})-(\d{1,3})-[\w.]{1,32}$/.exec(description) ??
    [];
  return vm === undefined ? undefined : { vm, index: Number(index) };
}
