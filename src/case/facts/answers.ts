import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { allThings } from '../look-up.ts';
import { readingsOf } from '../readings.ts';

/** Who is answered: by ping, by TCP. */
export const answerFacts: readonly Fact[] = [
  {
    name: 'wire.answers',
    asks: 'Are pings answered, and TCP too?',
    words: {
      'icmp-only': 'pings are answered, and TCP connections are not: nothing came back',
      all: 'TCP connections are answered',
      none: 'pings are lost, or nobody answers ARP',
      'no-route': 'the sender has no route to what it pings',
    },
    read: readAnswers,
  },
];

function readAnswers(_: Nic, kase: Case): Known<string> {
  const tcp = tcpAnswer(kase);
  if (tcp.state === 'known' && tcp.value === 'yes') return known('all', tcp.at);
  const pings = allThings(kase, 'ping');
  const answered = pings.find(({ says }) => (valueIn(says.received) ?? 0) > 0);
  if (answered) return tcp.state === 'known' ? known('icmp-only', [answered.at[0], ...tcp.at]) : unknown;
  const lost = pings.find(isLost);
  if (lost) return known('none', lost.at);
  const routeless = pings.find(({ says }) => valueIn(says.noRoute));
  return routeless ? known('no-route', routeless.at) : unknown;
}

/** Three or more, so that a first packet lost to ARP does not count. */
function isLost({ says }: Thing<'ping'>): boolean {
  const isTold = valueIn(says.localMtu) ?? valueIn(says.pathMtu) ?? valueIn(says.noRoute);
  return valueIn(says.received) === 0 && (valueIn(says.sent) ?? 0) >= 3 && isTold === undefined;
}

/** In packet captures: a SYN sent again and again. In the guest's counters: connections opened, and not one segment received. */
function tcpAnswer(kase: Case): Known<'yes' | 'no'> {
  const streams = allThings(kase, 'stream').filter(({ says }) => (valueIn(says.opens) ?? 0) > 0);
  const answered = streams.find(({ says }) => valueIn(says.answered));
  if (answered) return known('yes', answered.at);
  const opens = readingsOf(kase, 'guest', 'tcp', 'opens')?.at(-1);
  const received = readingsOf(kase, 'guest', 'tcp', 'received')?.at(-1);
  if (received && received.value > 0) return known('yes', received.at);
  const silent = streams.find(({ says }) => (valueIn(says.opens) ?? 0) >= 2);
  if (silent) return known('no', silent.at);
  if (!opens || !received || opens.value < 2) return unknown;
  return known('no', [opens.at[0], received.at[0]] satisfies Lines);
}
