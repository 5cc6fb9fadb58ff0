import type { Case, Fact } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';
import type { Rule, Ruleset } from '../pf/packet.ts';
import { mainRulesets, rulesIn } from '../pf/verdict.ts';

/** Whether the rules that are kept apart for each VM take effect. */
export const pfAnchorFacts: readonly Fact[] = [
  {
    name: 'host.anchor-calls',
    asks: 'Does PF of the host keep rules of its VMs in anchors?',
    words: { yes: 'the rules of the host call an anchor' },
    read: (_, kase) => readCalls(kase),
  },
  {
    name: 'host.anchors',
    asks: 'Do the anchors of PF on the host take effect?',
    words: {
      'glob-refused': 'pfctl found no file with a `*` in its name: the whole load was taken back',
      'load-failed': 'pfctl did not load the rules: the former ones are in force',
      glob: '`load anchor` names a file with a `*`, which pfctl takes for a plain name',
      'not-called': '`load anchor` fills an anchor that no `anchor` rule calls',
      overridden:
        'a block rule below the anchor, without `quick`, has the last word on all that the anchor passes',
      loaded: 'the anchors hold rules',
    },
    read: (_, kase) => readAnchors(kase),
  },
];

const readCalls = oncePerCase((kase: Case): Known<string> => {
  const call = mainRulesets(kase)
    .flatMap((ruleset) => rulesIn(ruleset.id, kase))
    .find(({ says }) => /anchor$/.test(valueIn(says.action) ?? '') && valueIn(says.anchor));
  return call ? known('yes', call.at) : unknown;
});

const readAnchors = oncePerCase((kase: Case): Known<string> => {
  for (const [code, word] of [
    ['pf-glob-opened', 'glob-refused'],
    ['pf-load-failed', 'load-failed'],
  ]) {
    const message = allThings(kase, 'message', 'host').find(({ says }) => valueIn(says.code) === code);
    if (message && word) return known(word, message.at);
  }
  for (const ruleset of mainRulesets(kase)) {
    const answer = readRuleset(ruleset, kase);
    if (answer.state === 'known') return answer;
  }
  const own = allThings(kase, 'pfRuleset', 'host').find(({ says }) =>
    /[^*]/.test(valueIn(says.anchor) ?? ''),
  );
  return own ? known('loaded', own.at) : unknown;
});

/** Names with a `*` at the end call all anchors below (pf.conf(5), ANCHORS). */
function readRuleset(ruleset: Ruleset, kase: Case): Known<string> {
  const rules = rulesIn(ruleset.id, kase);
  const is = (action: string) => rules.filter(({ says }) => valueIn(says.action) === action);
  const loads = is('load-anchor');
  const glob = loads.find(({ says }) => valueIn(says.path)?.includes('*'));
  if (glob) return known('glob', glob.at);
  const calls = new Set(is('anchor').map(({ says }) => valueIn(says.anchor) ?? ''));
  const lost = loads.find(({ says }) => !isCalled(valueIn(says.anchor) ?? '', calls));
  if (lost) return known('not-called', lost.at);
  return readOrder(rules);
}

function isCalled(name: string, calls: ReadonlySet<string>): boolean {
  const globs = Array.from({ length: name.length + 1 }, (_, length) => `${name.slice(0, length)}*`);
  return [name, ...globs].some((call) => calls.has(call));
}

/** The last rule that matches decides: what an anchor passes without `quick`, a later `block all` takes back. */
function readOrder(rules: readonly Rule[]): Known<string> {
  const inside = rules.filter(({ says }) => valueIn(says.isInside) && valueIn(says.action) === 'pass');
  const last = inside.at(-1);
  if (!last) return unknown;
  const orderOf = ({ says }: Rule) => valueIn(says.order) ?? 0;
  const block = rules.find(
    (rule) => valueIn(rule.says.action) === 'block' && isForAll(rule.says) && orderOf(rule) > orderOf(last),
  );
  const isKept = inside.some(({ says }) => valueIn(says.quick));
  return block && !isKept ? known('overridden', block.at) : known('loaded', last.at);
}

function isForAll({ direction, on, proto, from, to, quick }: Rule['says']): boolean {
  return ![direction, on, proto, from, to].some((one) => one !== undefined) && valueIn(quick) !== true;
}
