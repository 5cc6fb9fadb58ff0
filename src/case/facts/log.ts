import type { Case, Fact, Nic } from '../../model/case.ts';
import { firstKnown, type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing } from '../look-up.ts';
import { wordOf } from '../message-word.ts';
import { messagesOf } from '../messages.ts';
import { oncePerCase } from '../once-per-case.ts';
import { amount, growth, readingsOf } from '../readings.ts';

/** What the logs of the guest and of the host complain of. */
export const logFacts: readonly Fact[] = [
  {
    name: 'nic.send-timeout',
    asks: 'Does the kernel complain that packets of {nic} do not leave?',
    words: {
      seen: 'the kernel reports that the send queue of {nic} timed out',
      counted: 'the driver has counted time-outs of the send queue of {nic} since boot',
    },
    read: readSendTimeout,
  },
  {
    name: 'nic.ring-complaint',
    asks: 'Does the driver find the rings of {nic} damaged?',
    words: {
      broken:
        'the device of {nic} handed a buffer back that it was never given: the driver has given the ring up',
      refused: 'the driver of {nic} could not put a packet on the send queue',
    },
    read: readRingComplaint,
  },
  {
    name: 'nic.queue-complaint',
    asks: 'Has {nic} as many queues as the guest wants?',
    words: {
      'too-few-for-xdp': '{nic} has fewer queues than XDP wants: one for each processor',
      'pairs-refused': 'the device of {nic} refuses the number of queue pairs',
    },
    read: (nic, kase) =>
      wordOf(messagesOf(nic, kase), {
        'queue-pairs-refused': 'pairs-refused',
        'xdp-queues': 'too-few-for-xdp',
      }),
  },
  {
    name: 'nic.interrupt-complaint',
    asks: 'Could the driver of {nic} set up its interrupts?',
    words: {
      'msix-refused': 'the host refused an MSI-X vector that the driver of {nic} wrote',
      none: 'the driver of {nic} could set up no interrupt at all',
    },
    read: (nic, kase) =>
      wordOf(messagesOf(nic, kase), { 'no-interrupt': 'none', 'msix-refused': 'msix-refused' }),
  },
  {
    name: 'nic.netmap',
    asks: 'Does a netmap program on {nic} (Suricata, Zenarmor) lose packets?',
    words: {
      'drops-offload': 'netmap drops packets of {nic} that wait for a checksum or for being cut',
      full: 'the netmap ring of {nic} was full at times, which happens in healthy set-ups too',
      emulated: 'netmap runs on {nic} in emulated mode',
    },
    read: (nic, kase) =>
      wordOf(messagesOf(nic, kase), {
        'netmap-drop-offload': 'drops-offload',
        'netmap-full': 'full',
        'netmap-emulated': 'emulated',
      }),
  },
  {
    name: 'nic.offload-complaint',
    asks: 'Does the kernel complain of packets that an offload of {nic} has made?',
    words: {
      checksum: 'the kernel found a checksum wrong that {nic} had called right',
      segments: 'the kernel got joined packets from {nic} that it cannot use',
      'segments-suspected': 'the kernel suspects the way in which {nic} joins packets',
    },
    read: (nic, kase) =>
      wordOf(messagesOf(nic, kase), {
        'hw-checksum-failure': 'checksum',
        'bad-gso': 'segments',
        'suspect-gro': 'segments-suspected',
      }),
  },
  {
    name: 'guest.kernel',
    asks: "Does the guest's kernel run?",
    words: {
      panicked: "the guest's kernel has panicked",
      failed: "the guest's kernel ran into a fault of its own",
      stuck: 'a processor of the guest did not get on for many seconds',
    },
    read: (_, kase) => kernelState(kase),
  },
  {
    name: 'host.card',
    asks: 'Does a network card of the host fail?',
    words: { hangs: 'a network card of the host hangs: what it should send stays in its queue' },
    read: (_, kase) => cardState(kase),
  },
  {
    name: 'device.boot-rom',
    asks: 'Can the boot ROM drive the device of {nic}?',
    words: {
      'queue-too-large':
        'the boot ROM refuses the device: its queues have more entries than the ROM was built for',
    },
    read: (_, kase) => bootRom(kase),
  },
  {
    name: 'host.hypervisor',
    asks: 'Did the hypervisor itself fail?',
    words: {
      crashed: 'the hypervisor itself died: a failed assertion, a fatal signal or a core dump',
      traced: 'somebody took a backtrace of QEMU while it did something: most probably where it died',
    },
    read: (_, kase) => hypervisorState(kase),
  },
];

export function readRingComplaint(nic: Nic, kase: Case): Known<string> {
  return wordOf(messagesOf(nic, kase), { 'ring-broken': 'broken', 'tx-queue-failure': 'refused' });
}

/** A count that grows is as good as the kernel's word; one that is not 0 may be of long ago. */
export function readSendTimeout(nic: Nic, kase: Case): Known<string> {
  const counts = readingsOf(kase, 'guest', nic.name, 'tx-timeouts');
  return firstKnown(
    wordOf(messagesOf(nic, kase), { 'tx-watchdog': 'seen', 'tx-timeout': 'seen' }),
    mapKnown(growth(counts), (word) => (word === 'growing' ? 'seen' : undefined)),
    mapKnown(amount(counts), (word) => (word === 'some' ? 'counted' : undefined)),
  );
}

const kernelState = oncePerCase((kase: Case) =>
  wordOf(allThings(kase, 'message', 'guest'), {
    'kernel-panic': 'panicked',
    'kernel-oops': 'failed',
    'soft-lockup': 'stuck',
  }),
);

const bootRom = oncePerCase((kase: Case) =>
  wordOf(allThings(kase, 'message'), { 'boot-rom-queue-size': 'queue-too-large' }),
);

const hypervisorState = oncePerCase((kase: Case) =>
  wordOf(allThings(kase, 'message', 'host'), {
    'hypervisor-crash': 'crashed',
    'hypervisor-backtrace': 'traced',
  }),
);

/** Hangs of a card that no hypervisor emulates; on the host also send time-outs of what is no tap. */
const cardState = oncePerCase((kase: Case): Known<string> => {
  const hang = allThings(kase, 'message').find(({ says }) => valueIn(says.code) === 'host-nic-hang');
  if (hang) return known('hangs', hang.at);
  const timeout = allThings(kase, 'message', 'host').find(
    ({ says }) => valueIn(says.code) === 'tx-watchdog' && isCard(valueIn(says.device) ?? '', kase),
  );
  return timeout ? known('hangs', timeout.at) : unknown;
});

function isCard(name: string, kase: Case): boolean {
  const driver = valueIn(findThing(kase, 'host', 'interface', name)?.says.driver);
  return driver !== undefined && !['tun', 'veth', 'bridge', 'virtio_net'].includes(driver);
}
