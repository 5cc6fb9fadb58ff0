import { macOf } from '../case/nic-mac.ts';
import type { Case, Nic } from '../model/case.ts';
import type { Change, Comparison, Fate } from '../model/comparison.ts';
import { valueIn } from '../model/known.ts';
import type { Problem, ProblemCode } from '../model/problem.ts';
import type { Evidence, Finding } from '../model/report.ts';
import { whatToAsk } from './ask.ts';
import { evaluate } from './condition.ts';
import type { Examined } from './summarize.ts';

/** Did the fix take? Each fault of the first collection, looked for in the second; ignorance is not health here either. */
export function compareCases(before: Examined, after: Examined): Comparison {
  const old = sure(before).map((finding) => ({ finding, nic: nicAfter(finding.nic, before, after) }));
  const fates = [
    ...old.map(({ finding, nic }) => fateOf(finding, nic, after)),
    ...sure(after)
      .filter((finding) => !old.some((other) => isSame(other.finding, other.nic, finding)))
      .map((finding): Fate => ({ fate: 'new', finding, because: finding.because, ask: [] })),
  ];
  return {
    version: 1,
    verdict: verdictOf(fates, after),
    fates,
    changes: changesOf(before, after),
    problems: [
      ...weaknesses(before).map((problem) => ({ of: 'before' as const, problem })),
      ...weaknesses(after).map((problem) => ({ of: 'after' as const, problem })),
    ],
  };
}

const WEAKENS = new Set<ProblemCode>([
  'sample-cut-short',
  'sample-empty',
  'sample-too-large',
  'not-supported',
  'samples-disagree',
  'several-machines',
]);

function weaknesses({ readings, kase }: Examined): Problem[] {
  const all = [...readings.flatMap(({ problems }) => problems), ...kase.problems];
  return all.filter(({ code }) => WEAKENS.has(code));
}

function sure({ diagnosis }: Examined): Finding[] {
  return diagnosis.findings.filter(
    ({ standing, severity }) => severity === 'fault' && standing !== 'possible',
  );
}

/** The same NIC the second time: by its MAC, as a fix may give it another name (vio1, em0); else by its name. */
function nicAfter(name: string, before: Examined, after: Examined): Nic | undefined {
  const old = before.kase.nics.find((nic) => nic.name === name);
  const mac = old && valueIn(macOf(old));
  const alike = mac === undefined ? [] : after.kase.nics.filter((nic) => valueIn(macOf(nic)) === mac);
  const isNamedSo = (nic: Nic) => nic.name === name;
  return alike.find(isNamedSo) ?? alike[0] ?? after.kase.nics.find(isNamedSo);
}

function isSame(before: Finding, nic: Nic | undefined, after: Finding): boolean {
  return before.fault === after.fault && (nic?.name ?? before.nic) === after.nic;
}

function fateOf(finding: Finding, nic: Nic | undefined, after: Examined): Fate {
  const { kase, knowledge, facts, diagnosis } = after;
  const again = diagnosis.findings.find((other) => isSame(finding, nic, other));
  if (again && again.standing !== 'possible')
    return { fate: 'stays', finding: again, because: again.because, ask: [] };
  const ruledOut = diagnosis.ruledOut.find((other) => isSame(finding, nic, other));
  if (ruledOut) return { fate: 'gone', finding, because: ruledOut.because, ask: [] };
  const rule = knowledge.rulebook.rules.find(({ id }) => id === finding.fault);
  if (!rule || !nic) return { fate: 'unclear', finding, because: [], ask: [] };
  const asked = { nic, kase, facts };
  const symptom = evaluate(rule.symptom, asked);
  if (symptom.value === 'no') return { fate: 'gone', finding, because: symptom.because, ask: [] };
  const cause = evaluate(rule.cause, asked);
  if (cause.value === 'no') return { fate: 'gone', finding, because: cause.because, ask: [] };
  const open = symptom.value === 'unknown' ? symptom.open : cause.open;
  return { fate: 'unclear', finding, because: [], ask: whatToAsk(open, asked, knowledge.rulebook) };
}

function verdictOf(fates: readonly Fate[], after: Examined): Comparison['verdict'] {
  if (fates.some(({ fate }) => fate === 'stays' || fate === 'new')) return 'not-fixed';
  if (fates.length === 0 || after.kase.nics.length === 0) return 'unclear';
  return fates.every(({ fate }) => fate === 'gone') ? 'fixed' : 'unclear';
}

/** Facts with an answer both times, and another one the second time. */
function changesOf(before: Examined, after: Examined): Change[] {
  const pairs = before.kase.nics.flatMap((nic) => {
    const same = nicAfter(nic.name, before, after);
    return same ? [{ nic, same }] : [];
  });
  return pairs.flatMap(({ nic, same }) =>
    [...before.facts.keys()].flatMap((fact) => {
      const first = answerOf(fact, nic, before.kase, before);
      const second = answerOf(fact, same, after.kase, after);
      const hasChanged = first && second && first.word !== second.word;
      return hasChanged ? [{ nic: nic.name, fact, before: first, after: second }] : [];
    }),
  );
}

function answerOf(name: string, nic: Nic, kase: Case, { facts }: Examined): Evidence | undefined {
  const fact = facts.get(name);
  const answer = fact?.read(nic, kase);
  if (!fact || answer?.state !== 'known') return undefined;
  const means = (fact.words[answer.value] ?? answer.value).replaceAll('{nic}', nic.name);
  return { line: answer.at[0], fact: name, word: answer.value, means };
}
