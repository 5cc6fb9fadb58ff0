import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { countsOf, hitsOf, rulesOf } from '../filter-rules.ts';
import { allThings, thingsWith } from '../look-up.ts';
import { growth, worst } from '../readings.ts';

/** What packet filters of the host and the guest drop. */
export const filterFacts: readonly Fact[] = [
  {
    name: 'host.filter',
    asks: "Do the host's packet filters drop packets of {nic}?",
    words: {
      'drops-nic': 'a rule that names the port of {nic} has dropped packets',
      'drops-forwarded': 'the policy for forwarded packets is to drop, and it has dropped some',
      'policy-drop': 'the policy for forwarded packets is to drop',
    },
    read: readFilter,
  },
  {
    name: 'host.filter-growth',
    asks: "Do the host's packet filters drop more and more (two listings)?",
    words: {
      growing:
        'a rule for the port of {nic}, or the policy for forwarded packets, dropped more between two listings',
      steady:
        'neither rules for the port of {nic} nor the policy for forwarded packets dropped anything between two listings',
    },
    read: (nic, kase) =>
      worst(
        [...dropsOf(nic, kase), ...policiesOf(kase)].map((rule) => growth(countsOf(rule, kase))),
        'growing',
      ),
  },
  {
    name: 'nic.filter',
    asks: "Does the guest's own packet filter drop what comes in on {nic}?",
    words: {
      drops: "a rule of the guest's packet filter for {nic}, or its policy, has dropped packets",
      'policy-drop': "the policy of the guest's packet filter is to drop what comes in",
    },
    read: readGuestFilter,
  },
];

type Rule = Thing<'filterRule'>;

function dropsOf(nic: Nic, kase: Case): Rule[] {
  return rulesOf(nic, kase).filter(({ says }) => valueIn(says.action) === 'drop' && !says.onlyFrom);
}

function policiesOf(kase: Case): Rule[] {
  return thingsWith(kase, 'filterRule', 'host', 'action', 'policy-drop').filter(
    ({ says }) => valueIn(says.chain) === 'FORWARD',
  );
}

/** Counters of rules that drop are seldom 0 on a host; what counts is a rule that names the port, or the policy for all. */
export function readFilter(nic: Nic, kase: Case): Known<string> {
  const own = dropsOf(nic, kase).find((rule) => (hitsOf(rule, kase) ?? 0) > 0);
  if (own) return known('drops-nic', own.at);
  const [policy] = policiesOf(kase);
  if (!policy) return unknown;
  return known((hitsOf(policy, kase) ?? 0) > 0 ? 'drops-forwarded' : 'policy-drop', policy.at);
}

function readGuestFilter(nic: Nic, kase: Case): Known<string> {
  const rules = allThings(kase, 'filterRule', 'guest').filter(({ says }) => valueIn(says.chain) === 'INPUT');
  const dropping = rules.find(
    (rule) =>
      (hitsOf(rule, kase) ?? 0) > 0 &&
      /drop$/.test(valueIn(rule.says.action) ?? '') &&
      (valueIn(rule.says.interface) ?? nic.name) === nic.name,
  );
  if (dropping) return known('drops', dropping.at);
  const policy = rules.find(({ says }) => valueIn(says.action) === 'policy-drop');
  return policy ? known('policy-drop', policy.at) : unknown;
}
