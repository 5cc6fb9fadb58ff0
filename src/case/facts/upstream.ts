import type { Case, Fact } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';

/** What the network outside of the host says. */
export const upstreamFacts: readonly Fact[] = [
  {
    name: 'host.upstream-macs',
    asks: "Does the switch behind the host's uplink take all the guests' MACs?",
    words: {
      limited: "the switch behind the host's uplink says that its port has more MACs than it may have",
    },
    read: (_, kase) => upstreamLimit(kase),
  },
];

const upstreamLimit = oncePerCase((kase: Case): Known<string> => {
  const said = allThings(kase, 'message').find(({ says }) => valueIn(says.code) === 'mac-limit-reached');
  return said ? known('limited', said.at) : unknown;
});
