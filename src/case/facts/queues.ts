import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { findThing } from '../look-up.ts';
import { messagesOf } from '../messages.ts';

/** Queue pairs, and what the host lets the NIC be. */
export const queueFacts: readonly Fact[] = [
  {
    name: 'nic.queues-granted',
    asks: 'Does {nic} use as many queue pairs as it asked for?',
    words: {
      fewer: '{nic} runs on fewer queue pairs than it asked for',
      all: '{nic} runs on as many queue pairs as it asked for',
      refused: 'the host refused the queue pairs that {nic} asked for',
    },
    read: readPairs,
  },
  {
    name: 'nic.altq',
    asks: 'Does ALTQ keep {nic} on one queue, or do several queues keep ALTQ off?',
    words: {
      refused:
        'PF says that the driver of {nic} does not support ALTQ, as it is while several queues are in use',
      'one-queue':
        'ALTQ is left on for vtnet (hw.vtnet.altq_disable is 0) and {nic} runs on one of several possible queue pairs',
      'set-aside': 'ALTQ is given up for several queues (hw.vtnet.altq_disable is 1)',
    },
    read: readAltq,
  },
  {
    name: 'nic.mtu-limit',
    asks: 'Does {nic} take an MTU above 1500?',
    words: {
      refused: 'the MTU that was asked for was refused as invalid for {nic}',
      'invalid-offer': 'the host offers {nic} an MTU out of range, and the driver does without',
      'host-limited': 'the host limits the MTU of {nic}: it shows no JUMBO_MTU',
      free: '{nic} may have an MTU up to 9000',
    },
    read: readLimit,
  },
];

function readPairs(nic: Nic, kase: Case): Known<string> {
  const { queuesActive, queuesAsked } = nic.guest?.says ?? {};
  const message = messagesOf(nic, kase).find(({ says }) => valueIn(says.code) === 'queue-pairs-refused');
  if (message) return known('refused', message.at);
  if (queuesActive?.state !== 'known' || queuesAsked?.state !== 'known') return unknown;
  const word = queuesActive.value < queuesAsked.value ? 'fewer' : 'all';
  return known(word, [queuesActive.at[0], queuesAsked.at[0]]);
}

/** A driver with ALTQ has one transmit queue (if_vtnetvar.h: VTNET_LEGACY_TX; from 15.0 on by hw.vtnet.altq_disable). */
function readAltq(nic: Nic, kase: Case): Known<string> {
  const message = messagesOf(nic, kase).find(({ says }) => valueIn(says.code) === 'altq-unsupported');
  if (message) return known('refused', message.at);
  const setting = findThing(kase, 'guest', 'setting', 'hw.vtnet.altq_disable')?.says.value;
  if (setting?.state !== 'known') return unknown;
  if (setting.value === '1') return known('set-aside', setting.at);
  const { queuesActive, queuesPossible } = nic.guest?.says ?? {};
  const isShort = valueIn(queuesActive) === 1 && (valueIn(queuesPossible) ?? 1) > 1;
  return isShort && queuesActive?.state === 'known'
    ? known('one-queue', [setting.at[0], queuesActive.at[0]])
    : unknown;
}

/** vtnet has JUMBO_MTU unless the host offers an MTU below 9000 (if_vtnet.c from 13.0 on). */
function readLimit(nic: Nic, kase: Case): Known<string> {
  const messages = messagesOf(nic, kase).filter(({ says }) => valueIn(says.code) === 'mtu-invalid');
  const said = (sign: RegExp) => messages.find(({ says }) => sign.test(valueIn(says.text) ?? ''));
  const refused = said(/\(set mtu\)/);
  const offer = said(/Invalid MTU value/);
  const isVtnet = valueIn(nic.guest?.says.driver) === 'vtnet';
  const byOptions = mapKnown(nic.guest?.says.offloads, (list) =>
    isVtnet ? (list.includes('jumbo-mtu') ? 'free' : 'host-limited') : undefined,
  );
  return firstKnown<string>(
    refused && known('refused', refused.at),
    offer && known('invalid-offer', offer.at),
    byOptions,
  );
}
