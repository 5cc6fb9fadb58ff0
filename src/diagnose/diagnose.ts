import { withSurroundings } from '../case/surroundings.ts';
import type { Case, Fact, Nic } from '../model/case.ts';
import type { Evidence, Finding, Standing } from '../model/report.ts';
import type { Rule, Rulebook } from '../model/rule.ts';
import { whatToAsk } from './ask.ts';
import { type Answer, type Asked, evaluate } from './condition.ts';
import { planFixes } from './plan.ts';

export type Diagnosis = { readonly findings: readonly Finding[]; readonly ruledOut: readonly Finding[] };

const RANK: Record<Standing, number> = { certain: 0, likely: 1, possible: 2, 'ruled-out': 3 };

/** Stands for the NIC where no output shows one: a host's messages and rules can tell of a fault all the same. */
export const UNSEEN: Nic = { name: 'the NIC', joined: [] };

/** All rules asked of all NICs: what stands, ranked, and what is ruled out and by which line. */
export function diagnose(kase: Case, book: Rulebook, facts: ReadonlyMap<string, Fact>): Diagnosis {
  const found =
    kase.nics.length > 0
      ? kase.nics.flatMap((nic) => allOf(nic))
      : allOf(withSurroundings(UNSEEN, kase)).filter(rests);
  const all = found.some(isSure) ? found.filter(rests) : found;
  const isFollowing = followersOf(all, book);
  const ranked = all
    .map((finding, order) => ({ finding, order, follows: isFollowing(finding) }))
    .sort((a, b) => rankOf(a) - rankOf(b) || compare(a.finding, b.finding) || a.order - b.order);
  const standing = ranked.map(({ finding }) => finding);
  return {
    findings: standing.filter((finding) => finding.standing !== 'ruled-out'),
    ruledOut: standing.filter((finding) => finding.standing === 'ruled-out'),
  };

  function allOf(nic: Nic): Finding[] {
    return book.rules.flatMap((rule) => findingOf(rule, { nic, kase, facts }, book) ?? []);
  }
}

/** Explains a complaint: what else might do so, and shows in no line, is not told beside it. */
export function isSure({ standing, severity }: Finding): boolean {
  return severity === 'fault' && (standing === 'certain' || standing === 'likely');
}

/** On a line of an output, not on the complaint alone. */
function rests(finding: Finding): boolean {
  return seen(finding).length > 0;
}

function findingOf(rule: Rule, asked: Asked, book: Rulebook): Finding | undefined {
  const symptom = evaluate(rule.symptom, asked);
  if (symptom.value !== 'yes') return undefined;
  const cause = causeOf(rule, asked);
  const proof: Answer = rule.proof
    ? evaluate(rule.proof, asked)
    : { value: 'unknown', because: [], open: [] };
  const standing = standingOf(cause, proof);
  const because =
    standing === 'ruled-out'
      ? cause.because
      : [...proofOf(standing, proof), ...cause.because, ...symptom.because];
  const open = [...new Set(standing === 'certain' ? [] : [...cause.open, ...proof.open])];
  return {
    fault: rule.id,
    title: rule.title,
    nic: asked.nic.name,
    standing,
    severity: rule.severity,
    explain: rule.explain,
    because: distinct(because),
    open: open.map((fact) => ({
      fact,
      asks: (asked.facts.get(fact)?.asks ?? fact).replaceAll('{nic}', asked.nic.name),
    })),
    ask: standing === 'ruled-out' ? [] : whatToAsk(open, asked, book),
    plans: standing === 'ruled-out' ? [] : planFixes(rule, asked, book),
  };
}

/** What excludes a fault is heard while its cause is open. */
function causeOf(rule: Rule, asked: Asked): Answer {
  const cause = evaluate(rule.cause, asked);
  if (cause.value !== 'unknown' || !rule.excludedBy) return cause;
  const excluded = evaluate(rule.excludedBy, asked);
  return excluded.value === 'yes' ? { value: 'no', because: excluded.because, open: [] } : cause;
}

function standingOf(cause: Answer, proof: Answer): Standing {
  if (cause.value === 'no') return 'ruled-out';
  if (proof.value === 'yes') return 'certain';
  return cause.value === 'yes' ? 'likely' : 'possible';
}

function proofOf(standing: Standing, proof: Answer): readonly Evidence[] {
  return standing === 'certain' ? proof.because : [];
}

/** "No address" comes of many another fault, "not up" of a few: where one of those is at least likely, it is told first. */
function followersOf(all: readonly Finding[], book: Rulebook): (finding: Finding) => boolean {
  const rules = new Map(book.rules.map((rule) => [rule.id, rule]));
  const sure = all.filter(isSure);
  const faults = new Set(sure.map(({ fault }) => fault));
  const nics = new Set(sure.filter(({ fault }) => !rules.get(fault)?.isConsequence).map(({ nic }) => nic));
  return ({ fault, nic }) => {
    const { isConsequence, follows } = rules.get(fault) ?? {};
    return (follows?.some((one) => faults.has(one)) || (isConsequence && nics.has(nic))) ?? false;
  };
}

/** A consequence comes behind all that is likely, whatever it stands. */
function rankOf({ finding, follows }: { finding: Finding; follows: boolean }): number {
  return follows ? Math.max(RANK[finding.standing], RANK.likely + 0.5) : RANK[finding.standing];
}

/** Faults before warnings; then who has more lines of the captures, then more of all: what the person sees is shared by many faults. */
function compare(a: Finding, b: Finding): number {
  return (
    Number(a.severity === 'warning') - Number(b.severity === 'warning') ||
    seen(b).length - seen(a).length ||
    b.because.length - a.because.length
  );
}

function seen({ because }: Finding): readonly Evidence[] {
  return because.filter(({ line }) => line.sample !== 'complaint');
}

/** One line may answer several facts: it is shown once for each meaning. */
function distinct(because: readonly Evidence[]): Evidence[] {
  const shown = new Set<string>();
  return because.filter(({ line, means }) => {
    const key = `${line.sample}\n${line.number}\n${means}`;
    if (shown.has(key)) return false;
    shown.add(key);
    return true;
  });
}
