import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { messagesOf } from '../messages.ts';
import { macOf } from '../nic-mac.ts';
import { readAddress } from './addressing.ts';

/** What becomes of DHCP on its way: on the wire, at the server, and in the client that reads frames past the kernel. */
export const dhcpFacts: readonly Fact[] = [
  {
    name: 'nic.dhcp',
    asks: 'How far did DHCP get on {nic}?',
    words: {
      bound: '{nic} has a lease',
      waiting: '{nic} asks for a lease and has none',
      deaf: '{nic} is offered a lease and does not take it',
      down: 'the DHCP client takes the link of {nic} for down',
    },
    read: readDhcp,
  },
  {
    name: 'nic.dhcp-complaint',
    asks: 'Does the DHCP client of {nic} discard what it gets?',
    words: { 'bad-checksum': 'the DHCP client of {nic} discards the answers for bad UDP checksums' },
    read: readComplaint,
  },
  {
    name: 'wire.dhcp',
    asks: 'How far does DHCP get on the wire?',
    words: {
      acknowledged: 'the server acknowledged a lease on the wire',
      'offers-unheeded':
        'the server offers an address again and again, and the client asks as if it had not heard',
      unanswered: 'the client asks again and again, and nobody answers',
    },
    read: readWire,
  },
  {
    name: 'wire.dhcp-outside',
    asks: "How far does DHCP of {nic} get on the host's uplink?",
    words: {
      unanswered: 'the DHCP requests of {nic} leave the host by its uplink, and no answer comes back there',
      answered: 'answers to the DHCP requests of {nic} come in on the uplink of the host',
    },
    read: readOutside,
  },
  {
    name: 'wire.dhcp-checksum',
    asks: "Are the UDP checksums of the DHCP server's answers filled in?",
    words: {
      unfilled: "the UDP checksums of the DHCP server's answers are not filled in",
      good: "the UDP checksums of the DHCP server's answers are right",
    },
    read: readChecksum,
  },
  {
    name: 'host.dhcp-server',
    asks: 'Does the DHCP server answer {nic}?',
    words: {
      acknowledges: 'the DHCP server has acknowledged a lease for {nic}',
      'offers-in-vain': 'the DHCP server offers {nic} an address again and again, and is never asked for it',
      discards: 'the DHCP server discards requests for their bad UDP checksums',
    },
    read: readServer,
  },
];

/** What DHCP clients say: OpenBSD's one state, the others' logs of what they did. */
const DHCP_STATES: Readonly<Record<string, string>> = {
  'dhcp-bound': 'bound',
  'dhcp-renewing': 'bound',
  'dhcp-rebinding': 'bound',
  'dhcp-down': 'down',
  'dhcp-no-link': 'down',
  'dhcp-requesting': 'waiting',
  'dhcp-init': 'waiting',
  'dhcp-rebooting': 'waiting',
  'dhcp-no-answer': 'waiting',
  'dhcp-lost': 'waiting',
  'dhcp-ack': 'bound',
};

function readDhcp(nic: Nic, kase: Case): Known<string> {
  const state = readState(nic, kase);
  if (valueIn(state) !== 'waiting') return state;
  const offers = [readComplaint(nic, kase), readWire(nic, kase), readServer(nic, kase)].find((answer) =>
    OFFERED.has(valueIn(answer) ?? ''),
  );
  return mapKnown(offers ?? state, (word) => (OFFERED.has(word) ? 'deaf' : 'waiting'));
}

const OFFERED = new Set(['bad-checksum', 'offers-unheeded', 'offers-in-vain']);

function readState(nic: Nic, kase: Case): Known<string> {
  const states = messagesOf(nic, kase).flatMap(({ says, at }) => {
    const word = DHCP_STATES[valueIn(says.code) ?? ''];
    return word === undefined ? [] : [known(word, at)];
  });
  const [first] = states;
  // A log that tells both of a lease and of none does not say which is the case now.
  if (first) return states.every((state) => valueIn(state) === valueIn(first)) ? first : unknown;
  const { autoconf4, up } = nic.guest?.says ?? {};
  if (valueIn(autoconf4) && valueIn(up) && readAddress(nic, kase).state === 'known') {
    const missing = valueIn(readAddress(nic, kase)) === 'missing';
    return missing ? mapKnown(autoconf4, () => 'waiting') : unknown;
  }
  return unknown;
}

function readComplaint(nic: Nic, kase: Case): Known<string> {
  const complaint = messagesOf(nic, kase).find(({ says }) => valueIn(says.code) === 'dhcp-bad-checksum');
  return complaint ? known('bad-checksum', complaint.at) : unknown;
}

type Flow = Thing<'traffic'>;

/** Of this NIC: answers go to all, so with several clients in one capture only those to its own MAC are surely its own. */
function flowsOf(nic: Nic, kase: Case): Flow[] {
  const mac = valueIn(macOf(nic));
  const flows = allThings(kase, 'traffic').filter(({ says }) => valueIn(says.what)?.startsWith('dhcp-'));
  const asking = flows.filter(({ says }) => valueIn(says.what) === 'dhcp-request');
  const clients = new Set(asking.map(({ says }) => valueIn(says.from)));
  const [only] = clients;
  const isOther = mac !== undefined && only !== undefined && MAC.test(only) && only !== mac;
  if (clients.size <= 1) return isOther ? [] : flows;
  if (mac === undefined || !clients.has(mac)) return [];
  return flows.filter(({ says }) => valueIn(says.from) === mac || valueIn(says.to) === mac);
}

const MAC = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/;

function countOf(flows: readonly Flow[]): number {
  return flows.reduce((sum, { says }) => sum + (valueIn(says.count) ?? 0), 0);
}

/** With -v the kinds of message are told; without, only whether anybody answers. */
function readWire(nic: Nic, kase: Case): Known<string> {
  const flows = flowsOf(nic, kase);
  const of = (...kinds: string[]) => flows.filter(({ says }) => kinds.includes(valueIn(says.dhcp) ?? ''));
  const [acknowledged] = of('ack');
  if (acknowledged) return known('acknowledged', acknowledged.at);
  const asks = of('discover');
  const offers = of('offer');
  if (asks[0] && offers[0] && countOf(asks) >= 2 && countOf(offers) >= 2 && of('request').length === 0)
    return known('offers-unheeded', [asks[0].at[0], ...offers[0].at]);
  const requests = flows.filter(({ says }) => valueIn(says.what) === 'dhcp-request');
  const isAnswered = flows.some(({ says }) => valueIn(says.what) === 'dhcp-reply');
  if (requests[0] && countOf(requests) >= 2 && !isAnswered) return known('unanswered', requests[0].at);
  return unknown;
}

/** A capture on the uplink sees both ways: requests without answers there are nobody's fault on this host. */
function readOutside(nic: Nic, kase: Case): Known<string> {
  const { uplinkName } = nic.host ?? {};
  const flows = flowsOf(nic, kase).filter(
    ({ says }) => uplinkName !== undefined && valueIn(says.interface) === uplinkName,
  );
  const requests = flows.filter(({ says }) => valueIn(says.what) === 'dhcp-request');
  const reply = flows.find(({ says }) => valueIn(says.what) === 'dhcp-reply');
  if (reply) return known('answered', reply.at);
  return requests[0] && countOf(requests) >= 2 ? known('unanswered', requests[0].at) : unknown;
}

function readChecksum(nic: Nic, kase: Case): Known<string> {
  const replies = flowsOf(nic, kase).filter(({ says }) => valueIn(says.what) === 'dhcp-reply');
  const judged = replies.find(({ says }) => says.checksum?.state === 'known');
  if (judged?.says.checksum?.state !== 'known') return unknown;
  return known(judged.says.checksum.value === 'good' ? 'good' : 'unfilled', judged.says.checksum.at);
}

/** A server's log of one client: each message of one kind and address is one thing. */
function readServer(nic: Nic, kase: Case): Known<string> {
  const mac = valueIn(macOf(nic));
  const leases = allThings(kase, 'dhcpLease').filter(
    ({ says }) => mac === undefined || valueIn(says.mac) === mac,
  );
  const accepted = leases.find(({ says }) => valueIn(says.accepted));
  if (accepted) return known('acknowledges', accepted.at);
  const discarded = allThings(kase, 'message', 'host').find(
    ({ says }) => valueIn(says.code) === 'dhcpd-bad-checksum',
  );
  if (discarded) return known('discards', discarded.at);
  const offered = leases.find(({ says }) => valueIn(says.offered) && !valueIn(says.asked));
  return offered ? known('offers-in-vain', offered.at) : unknown;
}
