import type { Case, Fact, Nic } from '../model/case.ts';
import type { Evidence } from '../model/report.ts';
import type { Condition } from '../model/rule.ts';

/** Kleene's three values, with what settled it and what would settle it. */
export type Answer = {
  readonly value: 'yes' | 'no' | 'unknown';
  readonly because: readonly Evidence[];
  /** Names of the facts that are not known. */
  readonly open: readonly string[];
};

export type Asked = { readonly nic: Nic; readonly kase: Case; readonly facts: ReadonlyMap<string, Fact> };

/** `all`: one no is no, else one unknown is unknown, else yes. `any` mirrored. `not` keeps unknown. */
export function evaluate(condition: Condition, asked: Asked): Answer {
  if ('fact' in condition) return askFact(condition.fact, condition.words, asked);
  if ('not' in condition) {
    const answer = evaluate(condition.not, asked);
    const value = answer.value === 'yes' ? 'no' : answer.value === 'no' ? 'yes' : 'unknown';
    return { ...answer, value };
  }
  if ('all' in condition) return combine(condition.all, 'no', asked);
  return combine(condition.any, 'yes', asked);
}

/** What decides (a no under all, a yes under any) carries the answer alone; else the parts that point the same way do. */
function combine(parts: readonly Condition[], decisive: 'yes' | 'no', asked: Asked): Answer {
  const answers = parts.map((part) => evaluate(part, asked));
  const deciding = answers.filter(({ value }) => value === decisive);
  if (deciding.length > 0)
    return { value: decisive, because: deciding.flatMap(({ because }) => because), open: [] };
  const open = answers.flatMap((answer) => answer.open);
  const isOpen = answers.some(({ value }) => value === 'unknown');
  const other = decisive === 'yes' ? 'no' : 'yes';
  const because = answers
    .filter(({ value }) => value === (isOpen ? 'yes' : other))
    .flatMap((answer) => answer.because);
  return { value: isOpen ? 'unknown' : other, because, open };
}

function askFact(name: string, words: readonly string[], asked: Asked): Answer {
  const fact = asked.facts.get(name);
  if (!fact) throw new Error(`no such fact: ${name}`);
  const answer = fact.read(asked.nic, asked.kase);
  if (answer.state === 'unknown') return { value: 'unknown', because: [], open: [name] };
  const means = (fact.words[answer.value] ?? answer.value).replaceAll('{nic}', asked.nic.name);
  const because = answer.at.map((line): Evidence => ({ line, fact: name, word: answer.value, means }));
  return { value: words.includes(answer.value) ? 'yes' : 'no', because, open: [] };
}
