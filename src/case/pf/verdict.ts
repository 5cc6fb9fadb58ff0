import type { Case } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { groupBy } from '../group-by.ts';
import { allThings } from '../look-up.ts';
import { oncePerCase, oncePerName } from '../once-per-case.ts';
import { type Match, matchAddress, matchPort, negated } from './address.ts';
import { oncePerPacket, type Packet, type Place, type Rule, type Ruleset } from './packet.ts';
import { rulesByPlace } from './rules-by-place.ts';

/** The main rules of the host: what is in force, else what its files say. */
export const mainRulesets = oncePerCase((kase: Case): readonly Ruleset[] => {
  const main = allThings(kase, 'pfRuleset', 'host').filter(({ says }) =>
    /^\*?$/.test(valueIn(says.anchor) ?? ''),
  );
  const loaded = main.filter(({ says }) => valueIn(says.isLoaded));
  return loaded.length > 0 ? loaded : main;
});

/** The rules of a ruleset, in their order. */
export function rulesIn(ruleset: string, kase: Case): readonly Rule[] {
  return rulesets(kase).get(ruleset) ?? [];
}

const rulesets = oncePerCase((kase: Case) =>
  groupBy(
    [...allThings(kase, 'pfRule', 'host')].sort(
      (a, b) => (valueIn(a.says.order) ?? 0) - (valueIn(b.says.order) ?? 0),
    ),
    ({ says }) => [valueIn(says.ruleset)],
  ),
);

/** What the rulesets that can be followed do with a packet (`pfctl -a '*' -sr` shows anchors that `-sr` hides); unknown where they differ. */
export const verdictOf = oncePerPacket((packet: Packet, kase: Case): Known<'pass' | 'block'> => {
  const pf = allThings(kase, 'pf', 'host')[0];
  if (pf?.says.enabled?.state === 'known' && !pf.says.enabled.value) return known('pass', pf.says.enabled.at);
  const answers = mainRulesets(kase)
    .map((ruleset) => verdictIn(ruleset, packet, kase))
    .filter(({ state }) => state === 'known');
  const [first] = answers;
  if (first?.state !== 'known') return unknown;
  return answers.every((one) => valueIn(one) === first.value) ? first : unknown;
});

/** pf.conf(5): the last rule that matches decides, the first one with `quick` at once; none: the packet passes. */
function verdictIn(ruleset: Ruleset, packet: Packet, kase: Case): Known<'pass' | 'block'> {
  const skipped = matchPlace(valueIn(ruleset.says.skip) ?? [], packet.on);
  if (ruleset.says.skip?.state === 'known' && skipped === 'yes') return known('pass', ruleset.says.skip.at);
  if (valueIn(ruleset.says.hasUnread) || skipped === 'unknown') return unknown;
  let candidates: (Rule | undefined)[] = [undefined];
  const final: Rule[] = [];
  for (const rule of decidingRules(ruleset.id, kase)(packet)) {
    const action = valueIn(rule.says.action);
    const match = matchRule(rule, packet, kase);
    if (match === 'no') continue;
    if (action === 'anchor') return unknown;
    const isQuick = valueIn(rule.says.quick) === true;
    candidates = match === 'yes' ? [rule] : [...candidates, rule];
    if (isQuick && match === 'yes') break;
    if (isQuick) final.push(rule);
  }
  return agreed([...final, ...candidates], ruleset);
}

const decidingRules = oncePerName((ruleset, kase: Case) =>
  rulesByPlace(
    rulesIn(ruleset, kase).filter(({ says }) => {
      const action = valueIn(says.action);
      return action !== 'match' && action !== 'load-anchor' && !valueIn(says.isShown);
    }),
  ),
);

function agreed(rules: readonly (Rule | undefined)[], ruleset: Ruleset): Known<'pass' | 'block'> {
  const words = new Set(rules.map((rule) => (valueIn(rule?.says.action) === 'block' ? 'block' : 'pass')));
  const [word, ...others] = words;
  const last = rules.at(-1);
  return word === undefined || others.length > 0 ? unknown : known(word, (last ?? ruleset).at);
}

export function matchRule(rule: Rule, packet: Packet, kase: Case): Match {
  const { direction, family, proto, on, from, to, fromPort, toPort } = rule.says;
  if (valueIn(direction) !== undefined && valueIn(direction) !== packet.direction) return 'no';
  if (valueIn(family) === 'inet6') return 'no';
  const protocols = valueIn(proto);
  const answers: Match[] = [
    protocols === undefined || protocols.includes(packet.proto) ? 'yes' : 'no',
    on?.state === 'known' ? matchPlace(on.value, packet.on) : 'yes',
    matchAddress(valueIn(from), packet.from, kase),
    matchAddress(valueIn(to), packet.to, kase),
    matchPort(valueIn(fromPort), packet.fromPort),
    matchPort(valueIn(toPort), packet.toPort),
    valueIn(rule.says.isConditional) ? 'unknown' : 'yes',
  ];
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

/** A name with a number is an interface, one without is a group; `egress` is where the default route goes. */
export function matchPlace(list: readonly string[], place: Place): Match {
  const answers = list.map((word) => {
    const answer = matchName(word.replace(/^!/, ''), place);
    return word.startsWith('!') ? negated(answer) : answer;
  });
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

function matchName(word: string, { name, groups, hasAllGroups }: Place): Match {
  if (word === 'any' || word === name || groups.includes(word)) return 'yes';
  if (word.startsWith('rdomain ')) return 'unknown';
  if (/\d$/.test(word)) {
    if (name !== undefined) return 'no';
    return groups.includes(word.replace(/\d+$/, '')) || !groups.includes('tap') ? 'unknown' : 'no';
  }
  if (hasAllGroups || DRIVERS.has(word)) return 'no';
  return word === 'egress' && groups.includes('tap') ? 'no' : 'unknown';
}

/** Groups that each driver's interfaces are in; who is not of the driver is not in it. */
const DRIVERS = new Set([
  'lo',
  'enc',
  'pflog',
  'tun',
  'tap',
  'vether',
  'vport',
  'vlan',
  'wg',
  'carp',
  'bridge',
  'veb',
]);
