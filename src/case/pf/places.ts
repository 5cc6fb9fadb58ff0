import type { Case, Nic } from '../../model/case.ts';
import { valueIn } from '../../model/known.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';
import { gatewaysOf, type Segment } from '../segment.ts';
import { type End, networkOf } from './address.ts';
import type { Place } from './packet.ts';
import { mainRulesets, rulesIn } from './verdict.ts';

/** An interface of the host with the groups it is in; each is in one named after its driver. */
export function placeOf(name: string, kase: Case, more: readonly string[] = []): Place {
  const shown = findThing(kase, 'host', 'interface', name)?.says.groups;
  const groups = [...(valueIn(shown) ?? []), name.replace(/\d+$/, ''), ...more];
  return { name, groups, hasAllGroups: shown?.state === 'known' };
}

/** The tap of a NIC, or some tap while its name is not known. */
export function tapPlace(nic: Nic, kase: Case): Place {
  const group = valueIn(nic.host?.vmNic?.says.group);
  const groups = ['tap', ...(group ? [group] : [])];
  const name = nic.host?.tapName;
  return name === undefined ? { groups, hasAllGroups: false } : placeOf(name, kase, groups);
}

/** Where the default route goes, by the routing table, the group egress, or the interface that is translated on. */
export const egressPlace = oncePerCase((kase: Case): Place => {
  const route = allThings(kase, 'route', 'host').find(({ id }) => id === 'default');
  const grouped = allThings(kase, 'interface', 'host').find(({ says }) =>
    valueIn(says.groups)?.includes('egress'),
  );
  const name = valueIn(route?.says.interface) ?? grouped?.id ?? translatedOn(kase);
  return name === undefined ? { groups: ['egress'], hasAllGroups: false } : placeOf(name, kase, ['egress']);
});

function translatedOn(kase: Case): string | undefined {
  const names = mainRulesets(kase).flatMap((ruleset) =>
    rulesIn(ruleset.id, kase).flatMap(({ says }) => (says.natTo ? (valueIn(says.on) ?? []) : [])),
  );
  const [name, ...others] = new Set(names);
  return name !== undefined && others.length === 0 && /\d$/.test(name) ? name : undefined;
}

/** The guest's address, else the network that the host has in its bridge. */
export function guestEnd(nic: Nic, segment: Segment | undefined, kase: Case): End {
  const own = thingsWith(kase, 'address', 'guest', 'interface', nic.name).find(
    ({ says }) => valueIn(says.family) === 'inet',
  );
  const address = networkOf(valueIn(own?.says.address));
  if (address) return { network: address };
  const [network] = (segment ? gatewaysOf(segment) : []).flatMap(
    ({ name }) => networkOfInterface(name, kase) ?? [],
  );
  if (network) return { network };
  const isLocal = valueIn(nic.host?.vmNic?.says.local) || valueIn(nic.host?.typedNic?.says.local);
  const tap = nic.host?.tapName === undefined ? undefined : networkOfInterface(nic.host.tapName, kase);
  const local = tap ?? (isLocal ? networkOf('100.64.0.0/10') : undefined);
  return local ? { network: local } : {};
}

function networkOfInterface(name: string, kase: Case) {
  const shown = thingsWith(kase, 'address', 'host', 'interface', name).find(
    ({ says }) => valueIn(says.family) === 'inet',
  );
  if (shown) return networkOf(`${valueIn(shown.says.address)}/${valueIn(shown.says.prefix) ?? 32}`);
  return networkOf(valueIn(findThing(kase, 'host', 'interfaceFile', name)?.says.address));
}
