import type { Case, Fact } from '../../model/case.ts';
import { type Known, known } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { wordOf } from '../message-word.ts';
import { oncePerCase } from '../once-per-case.ts';

/** Whether the guest shows a network card at all. */
export const guestNicsFacts: readonly Fact[] = [
  {
    name: 'guest.nics',
    asks: 'Which interfaces has the guest?',
    words: {
      some: 'the guest has a network interface',
      none: 'the guest lists no interface but its loopback',
      'none-up': 'the guest shows no interface that is up but its loopback',
      missing: 'a command of the guest found no such interface',
    },
    read: (_, kase) => guestNics(kase),
  },
  {
    name: 'guest.bus',
    asks: 'Is there a network card on the bus of the guest?',
    words: {
      card: 'there is a network card on the bus of the guest',
      'no-card': 'no network card is on the PCI bus of the guest',
      'no-virtio':
        'the kernel of the guest has no virtio bus: no module of virtio is loaded, or none is built in',
    },
    read: (_, kase) => guestBus(kase),
  },
];

/** An interface that is there outweighs a command that missed another one. */
const guestNics = oncePerCase((kase: Case): Known<string> => {
  const shown = allThings(kase, 'interface', 'guest').find(({ id }) =>
    // enc(4) is IPsec's on the BSDs.
    /^(?:eth|en(?!c\d)|net|vio|vtnet)\w{0,13}$/.test(id),
  );
  if (shown) return known('some', shown.at);
  return wordOf(allThings(kase, 'message', 'guest'), {
    'only-loopback': 'none',
    'only-loopback-up': 'none-up',
    'no-such-device': 'missing',
  });
});

const guestBus = oncePerCase((kase: Case): Known<string> => {
  const card = allThings(kase, 'pci', 'guest')[0];
  if (card) return known('card', card.at);
  return wordOf(allThings(kase, 'message', 'guest'), {
    'no-nic-on-bus': 'no-card',
    'no-virtio-bus': 'no-virtio',
  });
});
