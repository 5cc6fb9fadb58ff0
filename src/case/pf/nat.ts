import type { Case, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { oncePerName } from '../once-per-case.ts';
import { segmentOf } from '../segment.ts';
import { oncePerPacket, type Packet, type Ruleset } from './packet.ts';
import { egressPlace, guestEnd } from './places.ts';
import { rulesByPlace } from './rules-by-place.ts';
import { mainRulesets, matchRule, rulesIn } from './verdict.ts';

/** Whether OpenBSD's PF translates what a guest sends beyond the host: by its states, else by its rules. */
export function natOf(nic: Nic, kase: Case): Known<'present' | 'missing' | 'not-for-guest'> {
  if (valueIn(findThing(kase, 'host', 'system', '')?.says.os) !== 'openbsd') return unknown;
  const pf = findThing(kase, 'host', 'pf', '')?.says.enabled;
  if (pf?.state === 'known' && !pf.value) return known('missing', pf.at);
  const from = guestEnd(nic, segmentOf(nic, kase), kase);
  const [inside] = thingsWith(kase, 'address', 'guest', 'interface', nic.name);
  const [state] = thingsWith(kase, 'natState', 'host', 'inside', valueIn(inside?.says.address));
  if (state) return known('present', state.at);
  const packet: Packet = {
    direction: 'out',
    on: egressPlace(kase),
    proto: 'udp',
    from,
    to: OUTSIDE,
    toPort: 53,
  };
  return translationOf(packet, kase);
}

type Translation = Known<'present' | 'missing' | 'not-for-guest'>;

const translationOf = oncePerPacket((packet, kase): Translation => {
  const answers = mainRulesets(kase).map((ruleset) => natIn(ruleset, packet, kase));
  const [first] = answers;
  return first && answers.every((answer) => valueIn(answer) === valueIn(first)) ? first : unknown;
});

/** An address that is in no private network (RFC 5737). */
export const OUTSIDE = { network: { base: 198 * 2 ** 24 + 51 * 2 ** 16 + 100 * 2 ** 8 + 1, prefix: 32 } };

/** A nat-to of a match rule stays for what passes later; behind an anchor, or a row not understood, more may follow. */
function natIn(ruleset: Ruleset, packet: Packet, kase: Case): Translation {
  const { candidatesFor, first, isOpen } = translationsIn(ruleset.id, kase);
  const matches = candidatesFor(packet).map((rule) => ({ rule, match: matchRule(rule, packet, kase) }));
  const hit = matches.find(({ match }) => match === 'yes');
  if (hit) return known('present', hit.rule.at);
  if (isOpen || valueIn(ruleset.says.hasUnread) || matches.some(({ match }) => match === 'unknown'))
    return unknown;
  if (first) return known('not-for-guest', first.at);
  const isElsewhere = allThings(kase, 'natRule', 'host').length > 0;
  return isElsewhere ? unknown : known('missing', ruleset.at);
}

const translationsIn = oncePerName((id, kase: Case) => {
  const rules = rulesIn(id, kase);
  const translating = rules.filter(({ says }) => says.natTo && valueIn(says.direction) !== 'in');
  const isOpen = rules.some(({ says }) => valueIn(says.action) === 'anchor' && !valueIn(says.isShown));
  return { candidatesFor: rulesByPlace(translating), first: translating[0], isOpen };
});
