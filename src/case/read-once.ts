import type { Fact, Nic } from '../model/case.ts';
import type { Known } from '../model/known.ts';

/** The same facts for one case alone: each is read once of each NIC, however many rules ask it. */
export function readOnce(facts: ReadonlyMap<string, Fact>): ReadonlyMap<string, Fact> {
  return new Map([...facts].map(([name, fact]) => [name, rememberingFact(fact)]));
}

function rememberingFact(fact: Fact): Fact {
  const answers = new Map<Nic, Known<string>>();
  return {
    ...fact,
    read(nic, kase) {
      const answer = answers.get(nic) ?? fact.read(nic, kase);
      answers.set(nic, answer);
      return answer;
    },
  };
}
