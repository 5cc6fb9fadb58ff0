import type { Condition } from '../model/rule.ts';

/** A condition as indented lines: `nic.up is no`, `one of:`, `all of:`, `not:`. */
export function explainCondition(condition: Condition, indent = '  '): string[] {
  if ('fact' in condition) return [`${indent}${condition.fact} is ${condition.words.join(' or ')}`];
  if ('not' in condition) return [`${indent}not:`, ...explainCondition(condition.not, `${indent}  `)];
  const isAll = 'all' in condition;
  const parts = isAll ? condition.all : condition.any;
  return [
    `${indent}${isAll ? 'all of:' : 'one of:'}`,
    ...parts.flatMap((part) => explainCondition(part, `${indent}  `)),
  ];
}
