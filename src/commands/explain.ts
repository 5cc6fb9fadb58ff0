import { InputError } from '../machine/input-error.ts';
import type { Knowledge, Rule } from '../model/rule.ts';
import { explainCondition } from '../report/explain-condition.ts';
import { wrap } from '../report/wrap.ts';
import { loadKnowledge } from './knowledge.ts';

/** Prints the faults that are known, or one of them with all that is known of it. */
export async function explain(fault: string | undefined, folders: readonly string[]): Promise<number> {
  const knowledge = await loadKnowledge(folders);
  for (const { says } of knowledge.problems) console.error(says);
  if (fault === undefined) {
    console.log(listFaults(knowledge));
    return 0;
  }
  const rule = knowledge.rulebook.rules.find(({ id }) => id === fault);
  if (!rule) throw new InputError(`no fault is called ${fault}; \`vio-doctor explain\` lists them.`);
  console.log(explainRule(rule, knowledge));
  return 0;
}

function listFaults({ rulebook }: Knowledge): string {
  const width = Math.max(...rulebook.rules.map(({ id }) => id.length));
  const rows = rulebook.rules.map(({ id, title }) => `${id.padEnd(width)}  ${title}`);
  return [...rows, '', 'vio-doctor explain FAULT tells the signs, the proof and the fixes.'].join('\n');
}

function explainRule(rule: Rule, { rulebook }: Knowledge): string {
  const fixes = rule.fixes.map(
    (id) => `  ${id}: ${rulebook.fixes.find((fix) => fix.id === id)?.title ?? ''}`,
  );
  const sections: [string, readonly string[]][] = [
    [
      'Signs',
      Object.entries(rule.signs).flatMap(([system, signs]) => wrap(`${system}: ${signs}`, 78, '  ', '    ')),
    ],
    ['Seen when', explainCondition(rule.symptom)],
    ['Caused by', explainCondition(rule.cause)],
    ['Proved by', rule.proof ? explainCondition(rule.proof) : ['  nothing short of trying the fix']],
    ...(rule.excludedBy
      ? ([['Ruled out by', explainCondition(rule.excludedBy)]] as [string, readonly string[]][])
      : []),
    ['Often mistaken for', rule.mistakenFor.map((id) => `  ${id}`)],
    ['Fixes', fixes.length > 0 ? fixes : ['  none needed']],
    ['Sources', rule.sources.flatMap((source) => wrap(source, 78, '  ', '    '))],
  ];
  const body = sections.flatMap(([title, lines]) => ['', `${title}:`, ...lines]);
  return [`${rule.id}: ${rule.title}`, '', ...wrap(rule.explain, 78), ...body].join('\n');
}
