import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { messagesOf } from '../messages.ts';

/** What the driver of the NIC says of its device. */
export const driverMessageFacts: readonly Fact[] = [
  {
    name: 'nic.driver-message',
    asks: 'Does the driver of {nic} complain?',
    words: {
      'no-driver': 'no driver took the device of {nic}',
      'attach-failed': 'the driver could not attach to the device of {nic}',
      unclaimed: 'no driver took the network card at {nic}, whose maker is not shown',
      'module-refused': 'the kernel refuses to load a module of the driver of {nic}',
      'needs-reset': 'the device of {nic} asks for a reset',
      'ctrl-timeout': 'the control queue of {nic} does not answer',
      'tx-error': 'the driver of {nic} reports a send queue that went wrong',
      'restart-failed': 'the driver of {nic} could not start its device anew',
      'filter-refused':
        'the host refused to let {nic} receive what is not for its own MAC (promiscuous mode, MAC filter)',
      'command-refused':
        'the host refused a command of the driver of {nic}, or its control queue does not work any more',
      'offload-refused': 'the host refused an offload setting of {nic}',
    },
    read: readMessage,
  },
];

/** By weight: where several were said, the first of these is the answer. */
const MESSAGES: Record<string, string> = {
  'no-child-driver': 'no-driver',
  'module-refused': 'module-refused',
  'module-not-usable': 'module-refused',
  'version-1-missing': 'attach-failed',
  'feature-negotiation-failed': 'attach-failed',
  'probe-failed': 'attach-failed',
  'vq-size-invalid': 'attach-failed',
  'attach-failed': 'attach-failed',
  'configuration-failed': 'attach-failed',
  'unknown-revision': 'attach-failed',
  'bar-not-mapped': 'attach-failed',
  'vq-alloc-failed': 'attach-failed',
  'tx-queue-sizes-differ': 'attach-failed',
  'mtu-not-supported': 'attach-failed',
  'no-interrupt': 'attach-failed',
  'card-unclaimed': 'unclaimed',
  'device-needs-reset': 'needs-reset',
  'ctrl-queue-timeout': 'ctrl-timeout',
  'enqueue-error': 'tx-error',
  'reinit-failed': 'restart-failed',
  'vq-size-changed': 'restart-failed',
  'promisc-refused': 'filter-refused',
  'rx-filter-refused': 'filter-refused',
  'mac-filter-refused': 'filter-refused',
  'ctrl-command-failed': 'command-refused',
  'offload-refused': 'offload-refused',
};

function readMessage(nic: Nic, kase: Case): Known<string> {
  const messages = messagesOf(nic, kase);
  for (const [code, word] of Object.entries(MESSAGES)) {
    const hit = messages.find(({ says }) => valueIn(says.code) === code);
    if (hit && !(IS_PAST.has(word) && isDriven(nic))) return known(word, hit.at);
  }
  return unknown;
}

/** An interface of virtio_net is there: whatever failed before, the driver took the device in the end. */
const IS_PAST = new Set(['no-driver', 'module-refused', 'attach-failed']);

function isDriven(nic: Nic): boolean {
  return valueIn(nic.guest?.says.driver) === 'virtio_net';
}
