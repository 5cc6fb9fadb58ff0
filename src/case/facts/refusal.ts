import type { Case, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { hostMessagesOf } from '../messages.ts';

export function readDeviceError(nic: Nic, kase: Case): Known<string> {
  return byMessages(nic, kase, DEVICE_ERRORS);
}

const DEVICE_ERRORS = {
  'device-broken': 'broken',
  'some-device-broken': 'some-broken',
  'vhost-fallback': 'vhost-fallback',
};

export function readRefusal(nic: Nic, kase: Case): Known<string> {
  return byMessages(nic, kase, REFUSALS);
}

const REFUSALS: Readonly<Record<string, string>> = {
  'tap-busy': 'tap-busy',
  'tap-refused': 'tap-refused',
  'bridge-missing': 'bridge-missing',
  'bridge-refused': 'bridge-refused',
  'network-inactive': 'network-inactive',
  'network-missing': 'network-inactive',
  'network-clash': 'network-inactive',
  'dhcp-server-refused': 'network-inactive',
  'slot-occupied': 'slot-occupied',
  'netdev-in-use': 'not-plugged',
  'netdev-missing': 'not-plugged',
  'nic-without-peer': 'not-plugged',
  'nic-not-created': 'not-created',
  'nic-refused': 'not-created',
  'mtu-invalid': 'not-created',
  'backend-refused': 'backend-refused',
  'forward-refused': 'backend-refused',
  'vhost-refused': 'backend-refused',
  'script-failed': 'backend-refused',
};

/** In the order of the words: a failed script says less than the bridge that it did not find. */
function byMessages(nic: Nic, kase: Case, words: Readonly<Record<string, string>>): Known<string> {
  const messages = hostMessagesOf(nic, kase);
  for (const [code, word] of Object.entries(words)) {
    const message = messages.find(({ says }) => valueIn(says.code) === code);
    if (message) return known(word, message.at);
  }
  return unknown;
}
