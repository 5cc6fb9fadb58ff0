import type { Case } from '../model/case.ts';

/** The same question, answered once for each case: what concerns the whole machine need not be found out for each NIC again. */
export function oncePerCase<C extends Pick<Case, 'things'>, T>(find: (kase: C) => T): (kase: C) => T {
  const answers = new WeakMap<Case['things'], { readonly is: T }>();
  return (kase) => {
    const known = answers.get(kase.things);
    if (known) return known.is;
    const is = find(kase);
    answers.set(kase.things, { is });
    return is;
  };
}

/** Likewise for what has a name in a case: a bridge with thousands of members, a ruleset with thousands of rules. */
export function oncePerName<C extends Pick<Case, 'things'>, T>(
  find: (name: string, kase: C) => T,
): (name: string, kase: C) => T {
  const answersIn = oncePerCase((_: C) => new Map<string, { readonly is: T }>());
  return (name, kase) => {
    const answers = answersIn(kase);
    const known = answers.get(name);
    if (known) return known.is;
    const is = find(name, kase);
    answers.set(name, { is });
    return is;
  };
}
