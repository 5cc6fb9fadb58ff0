import type { Case, HostEnd, Join, Nic, Thing } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import { thingsWith } from './look-up.ts';

/** Which NIC of which VM a tap is of: vmd describes it `vm<ID>-if<N>-<name>`. OpenBSD usr.sbin/vmd/priv.c */
export function vmdSlot(tap: Thing<'interface'> | undefined): { vm: string; index: number } | undefined {
  const [, index, vm] = /^vm\d{1,9}-if(\d{1,3})-(.{1,64})$/.exec(valueIn(tap?.says.description) ?? '') ?? [];
  return vm === undefined ? undefined : { vm, index: Number(index) };
}

/**
 * Interface N of a VM is the guest's vioN, but each VM has one: of several only the one is meant whose tap has the other
 * address of the guest's /31, or where the bridge learned the guest's MAC.
 */
export function joinVmd(
  guest: Nic,
  isOnly: boolean,
  hosts: (index: number) => readonly HostEnd[],
  kase: Pick<Case, 'things'>,
) {
  const shown = guest.guest;
  // Other systems name their NICs in other ways: the only one is the first.
  const unit = /^vio(\d{1,3})$/.exec(guest.name)?.[1] ?? (isOnly ? '0' : undefined);
  if (unit === undefined || !shown) return undefined;
  const own = hosts(Number(unit));
  const paired = own.filter((host) => isPaired(guest, host, kase));
  const [host, ...more] = paired.length === 1 ? paired : own;
  const end = host?.tap ?? host?.vmNic ?? host?.typedNic;
  if (!host || !end || more.length > 0 || contradicts(guest, host, kase)) return undefined;
  const named = host.tap?.says.description;
  const by: Join['by'] = named?.state === 'known' ? 'description' : 'vm-config';
  const line = named?.state === 'known' ? named.at[0] : end.at[0];
  return { host, join: { by, at: [shown.at[0], line] } as Join };
}

function isPaired(guest: Nic, { tapName }: HostEnd, kase: Pick<Case, 'things'>): boolean {
  const mac = valueIn(guest.guest?.says.mac);
  const learned = thingsWith(kase, 'fdb', 'host', 'mac', mac).some(
    ({ says }) => valueIn(says.port) === tapName,
  );
  const [inner, outer] = [addressOf(guest.name, 'guest', kase), addressOf(tapName, 'host', kase)];
  return learned || (inner !== undefined && outer !== undefined && inner === outer + 1);
}

/** Both have an address that vmd gave, and they are not of one /31. */
function contradicts(guest: Nic, { tapName }: HostEnd, kase: Pick<Case, 'things'>): boolean {
  const [inner, outer] = [addressOf(guest.name, 'guest', kase), addressOf(tapName, 'host', kase)];
  return inner !== undefined && outer !== undefined && inner !== outer + 1;
}

/** As a number; only those of /31. */
function addressOf(name: string | undefined, side: 'guest' | 'host', kase: Pick<Case, 'things'>) {
  const found = thingsWith(kase, 'address', side, 'interface', name).find(
    ({ says }) => valueIn(says.prefix) === 31,
  );
  const address = valueIn(found?.says.address);
  return address?.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
