import type { Case, Nic } from '../../model/case.ts';
import { valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';
import { segmentOf } from '../segment.ts';
import { hostMap, type Member } from './host-map.ts';

/** The members of a bridge that lead out of the host: no tap, and nothing that is the host's own. */
export function uplinksOf(bridge: string, nic: Nic, kase: Case): readonly Member[] {
  const { byBridge, withoutBridge, insiders } = outside(kase);
  const listed = byBridge.get(bridge);
  if (listed && listed.length > 0) return listed;
  const members = hostMap(kase).members.has(bridge) ? [] : (segmentOf(nic, kase)?.members ?? []);
  const meant = members.filter(({ name }) => isOutside(name, insiders));
  if (meant.length > 0) return meant;
  // A listing of VLANs by port does not say of which bridge the port is; of one alone, it is of this one.
  const [only, ...more] = withoutBridge;
  const isListed = hostMap(kase).vlans.has(nic.host?.portName ?? '');
  return only && more.length === 0 && isListed && only.name !== bridge ? [only] : [];
}

const outside = oncePerCase((kase: Case) => {
  const { members, vlans } = hostMap(kase);
  const insiders = new Set([
    ...kase.nics.flatMap(({ host }) => host?.tapName ?? []),
    ...allThings(kase, 'interface', 'host').flatMap(({ id, says }) =>
      valueIn(says.driver) === 'tun' ? [id] : [],
    ),
  ]);
  const byBridge = new Map<string, readonly Member[]>();
  for (const [bridge, all] of members)
    byBridge.set(
      bridge,
      all.filter(({ name }) => name !== bridge && isOutside(name, insiders)),
    );
  const withoutBridge = [...vlans].flatMap(([name, [entry]]) =>
    entry && isOutside(name, insiders) && !members.has(name) ? [{ name, at: entry.at }] : [],
  );
  return { byBridge, withoutBridge, insiders };
});

/** Interfaces that belong to a guest, or to the host itself. */
const INSIDE =
  /^(?:tap\d|tap[\da-f]{8}|vnet\d|macvtap\d|fw(?:pr|ln|br)\d|vether\d|vport\d|pair\d|epair\d|lo\d*$|gif\d|tun\d|veth\d{1,9}i\d|veth[\da-f]{6,}|virbr\d{1,3}-nic|vmnet\d|qvo|qvb|cali|lxc)/;

function isOutside(name: string, insiders: ReadonlySet<string>): boolean {
  return !INSIDE.test(name) && !insiders.has(name);
}
