import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown } from '../../model/known.ts';
import { thingsWith } from '../look-up.ts';
import { wordOf } from '../message-word.ts';
import { hostMessagesOf, messagesOf } from '../messages.ts';

/** What a kernel says that is not the driver's word: of ways back, of buffers, of a MAC that it made up. */
export const kernelComplaintFacts: readonly Fact[] = [
  {
    name: 'nic.return-path',
    asks: 'Does a kernel drop what comes in on another way than answers would leave (rp_filter)?',
    words: {
      'guest-drops': "the guest's kernel drops packets on {nic} whose sender, by its routes, is not there",
      'host-drops': "the host's kernel drops packets whose sender, by its routes, is not where they came in",
    },
    read: readReturnPath,
  },
  {
    name: 'nic.buffers',
    asks: 'Has the guest buffers left for what {nic} receives?',
    words: {
      exhausted: 'the guest has used up its network buffers',
      missing: 'the driver of {nic} got no buffers for its receive queue',
    },
    read: (nic, kase) =>
      firstKnown(
        wordOf(thingsWith(kase, 'message', 'guest', 'code', 'mbufs-exhausted'), {
          'mbufs-exhausted': 'exhausted',
        }),
        wordOf(messagesOf(nic, kase), { 'receive-buffers-missing': 'missing' }),
      ),
  },
  {
    name: 'nic.mac-given',
    asks: 'Does the host give {nic} a MAC?',
    words: { random: 'the host gives {nic} no MAC: the driver makes one up at each boot' },
    read: (nic, kase) => wordOf(messagesOf(nic, kase), { 'random-mac': 'random' }),
  },
];

/** Linux logs it with log_martians only (net/ipv4/route.c, ip_handle_martian_source). */
function readReturnPath(nic: Nic, kase: Case) {
  const own = wordOf(messagesOf(nic, kase), { martian: 'guest-drops' });
  return own.state === 'known' ? own : wordOf(hostMessagesOf(nic, kase), { martian: 'host-drops' });
}
