import type { Case, Fact, Nic } from '../../model/case.ts';
import type { Known } from '../../model/known.ts';
import { wordOf } from '../message-word.ts';
import { hostMessagesOf } from '../messages.ts';

/** What the hypervisor said of the NIC: that it did not give it, or gave it up. */
export const refusalFacts: readonly Fact[] = [
  {
    name: 'host.refusal',
    asks: 'Did the hypervisor refuse to give {nic} to the VM?',
    words: {
      'tap-busy': 'the tap of {nic} is held by another process, or a tap of that name exists already',
      'tap-refused': 'the host lets the hypervisor have no tap for {nic}',
      'bridge-missing': 'the bridge that {nic} is to be put into does not exist',
      'bridge-refused': 'the host did not put {nic} into its bridge',
      'network-inactive': 'the virtual network that {nic} is to be plugged into does not run',
      'slot-occupied': 'the PCI slot of {nic} is taken by another device',
      'not-plugged': 'the hypervisor found no backend for {nic}, or no NIC for the backend',
      'not-created': 'the hypervisor did not create {nic}',
      'without-nic': 'the VM was started without any network interface',
      'backend-refused': 'the hypervisor could not open the backend of {nic}',
      'filter-refused':
        "the host's packet filter refused the rules that libvirt sets for a virtual network or a NIC",
    },
    read: readRefusal,
  },
  {
    name: 'host.device-error',
    asks: 'Did QEMU give up the device of {nic}?',
    words: {
      broken: 'QEMU reports an error in the rings of {nic}: the device is dead until its driver resets it',
      'some-broken': 'QEMU reports an error in the rings of a virtio device, and does not say of which',
      'vhost-fallback': 'vhost could not start for {nic}: QEMU moves the packets itself, more slowly',
    },
    read: readDeviceError,
  },
];

export function readRefusal(nic: Nic, kase: Case): Known<string> {
  return wordOf(hostMessagesOf(nic, kase), REFUSALS);
}

export function readDeviceError(nic: Nic, kase: Case): Known<string> {
  return wordOf(hostMessagesOf(nic, kase), DEVICE_ERRORS);
}

const DEVICE_ERRORS = {
  'device-broken': 'broken',
  'some-device-broken': 'some-broken',
  'vhost-fallback': 'vhost-fallback',
};

/** In the order of the words: a failed script says less than the bridge that it did not find. */
const REFUSALS: Readonly<Record<string, string>> = {
  'tap-busy': 'tap-busy',
  'tap-refused': 'tap-refused',
  'bridge-missing': 'bridge-missing',
  'bridge-refused': 'bridge-refused',
  'bridge-add-failed': 'bridge-refused',
  'tap-not-opened': 'tap-refused',
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
  'vm-without-nic': 'without-nic',
  'mtu-invalid': 'not-created',
  'backend-refused': 'backend-refused',
  'forward-refused': 'backend-refused',
  'vhost-refused': 'backend-refused',
  'script-failed': 'backend-refused',
  'firewall-refused': 'filter-refused',
};
