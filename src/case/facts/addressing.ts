import type { Case, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, unknown, valueIn } from '../../model/known.ts';
import { groupBy } from '../group-by.ts';
import { guestOs } from '../guest-os.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';

/**
 * The BSDs print inet lines around `status:`; with that line seen, a listing without them says that there are none. Linux and Windows have
 * listings that show the link and never an address.
 */
export function readAddress(nic: Nic, kase: Case): Known<string> {
  // What a NIC gives itself when nobody else does (RFC 3927, RFC 4862) is no address.
  const own = addresses(nic, kase).find(({ id }) => !/ (?:fe80:|169\.254\.)/.test(id));
  if (own) return known('present', own.at);
  const carries = vlanChildren(nic, kase)[0] ?? thingsWith(kase, 'interface', 'guest', 'parent', nic.name)[0];
  if (carries)
    return known('not-needed', carries.says.parent?.state === 'known' ? carries.says.parent.at : carries.at);
  const master = nic.guest?.says.master;
  if (master?.state === 'known') return known('not-needed', master.at);
  const member = nic.file && filesByMember(kase).get(nic.name)?.[0];
  if (member) return known('not-needed', member.at);
  const says = nic.guest?.says;
  const os = valueIn(guestOs(nic, kase));
  const isBsd = os !== 'linux' && os !== 'windows';
  const listed = firstKnown<unknown>(says?.addressesListed, isBsd ? says?.link : undefined);
  if (listed.state === 'known') return known('missing', listed.at);
  // RFC 3927: an address of one's own making, for want of an answer. cloud-init's table: a row without one.
  const selfMade = addresses(nic, kase).find(({ id }) => / 169\.254\./.test(id));
  const bare = findThing(kase, 'guest', 'message', `listed-without-address ${nic.name}`);
  const at = selfMade?.at ?? bare?.at;
  return at ? known('missing', at) : unknown;
}

/** Start-up files of bridges and trunks, by what they put into them. */
export const filesByMember = oncePerCase((kase: Case) =>
  groupBy(allThings(kase, 'interfaceFile', 'guest'), ({ says }) => valueIn(says.members) ?? []),
);

/** IPv4 alone: most networks still want it. */
export function readAddress4(nic: Nic, kase: Case): Known<string> {
  const own = addresses(nic, kase).find(
    ({ id, says }) => valueIn(says.family) === 'inet' && !/ 169\.254\./.test(id),
  );
  if (own) return known('present', own.at);
  const address = readAddress(nic, kase);
  if (address.state === 'known' && address.value !== 'present') return address;
  const listed = nic.guest?.says.addressesListed;
  return listed?.state === 'known' ? known('missing', listed.at) : unknown;
}

export function addresses(nic: Nic, kase: Case) {
  return thingsWith(kase, 'address', 'guest', 'interface', nic.name);
}

/** A VLAN interface has its parent's MAC: one with another MAC, in a paste of several machines, is somebody else's. */
export function vlanChildren(nic: Nic, kase: Case) {
  const mac = valueIn(nic.guest?.says.mac);
  return thingsWith(kase, 'interface', 'guest', 'parent', nic.name).filter(
    ({ says }) =>
      valueIn(says.vlan) !== undefined &&
      (mac === undefined || valueIn(says.mac) === undefined || valueIn(says.mac) === mac),
  );
}

export function readRoutes(nic: Nic, kase: Case): Known<string> {
  const routes = thingsWith(kase, 'route', 'guest', 'interface', nic.name);
  const down = routes.find(({ says }) => valueIn(says.isUp) === false);
  if (down) return known('down', down.at);
  return routes[0] ? known('up', routes[0].at) : unknown;
}
