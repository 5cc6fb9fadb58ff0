import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, mapKnown, unknown, valueIn } from '../../model/known.ts';
import { groupBy } from '../group-by.ts';
import { allThings, findThing } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';
import { readingsOf } from '../readings.ts';

/** What the hypervisor made of the NIC: what it plugged it into, what its tap loses, how many queues it gave. */
export const hypervisorFacts: readonly Fact[] = [
  {
    name: 'host.plugged',
    asks: 'Is {nic} plugged into anything?',
    words: {
      yes: '{nic} has a backend',
      no: '{nic} was given to the VM without a backend: a card without a cable',
      'no-tap': 'the VM runs, and the host has no interface for {nic}',
      shared:
        'another VM is plugged into the same vhost-user socket as {nic}: it serves one of them at a time',
    },
    read: readPlugged,
  },
  {
    name: 'host.tap-loss',
    asks: 'Which share of the frames for {nic} does its tap drop?',
    words: {
      heavy: 'the tap of {nic} drops a large share of the frames for the guest',
      light: 'the tap of {nic} drops few of the frames for the guest, or none',
    },
    read: readTapLoss,
  },
  {
    name: 'host.vhost',
    asks: 'Is the vhost thread of {nic} at its limit?',
    words: {
      busy: 'a vhost thread of this host uses a whole processor',
      idle: 'no vhost thread of this host uses a whole processor',
    },
    read: (_, kase) => vhost(kase),
  },
  {
    name: 'host.vm-firewall',
    asks: "Does Proxmox VE's firewall act on {nic}?",
    words: {
      off: "Proxmox VE's firewall does not act on {nic}",
      'drops-incoming': "Proxmox VE's firewall acts on {nic}, and drops what comes in unless a rule lets it",
      acts: "Proxmox VE's firewall acts on {nic}, and lets in what no rule drops",
    },
    read: readVmFirewall,
  },
  {
    name: 'host.queues',
    asks: 'Do queues and vectors of {nic} fit together?',
    words: {
      single: '{nic} has one queue pair',
      fits: 'the queues and vectors of {nic} fit together',
      'multiqueue-off': 'the backend of {nic} has several queues, but the device may use only one (mq=off)',
      'few-vectors': '{nic} has fewer MSI-X vectors than two a queue pair and one: its queues share one',
    },
    read: readQueues,
  },
];

/** A vhost-user back end talks to the VM that connected last (QEMU docs/interop/vhost-user.rst: one front end). */
export function readPlugged(nic: Nic, kase: Case): Known<string> {
  const attached = mapKnown(nic.host?.vmNic?.says.attached, (is) => (is ? 'yes' : 'no-tap'));
  if (attached.state === 'known') return attached;
  const own = socketOf(nic);
  const vm = nic.host?.vm;
  const sharing = own?.state === 'known' && vm !== undefined ? nicsBySocket(kase).get(own.value) : undefined;
  const other = sharing?.find(({ host }) => host?.vm !== undefined && host.vm !== vm);
  const theirs = other && socketOf(other);
  if (own?.state === 'known' && theirs?.state === 'known') return known('shared', [own.at[0], theirs.at[0]]);
  return mapKnown(nic.host?.qemu?.says.backend, (backend) => (backend === 'none' ? 'no' : 'yes'));
}

const nicsBySocket = oncePerCase((kase: Case) => groupBy(kase.nics, (nic) => [valueIn(socketOf(nic))]));

function socketOf({ host }: Nic): Known<string> | undefined {
  return host?.qemu?.says.socket ?? host?.vmNic?.says.socket;
}

/** A tap drops what the guest does not fetch in time (tun.c: tun_net_xmit() with a full ring). */
function readTapLoss({ host }: Nic, kase: Case): Known<string> {
  const sent = readingsOf(kase, 'host', host?.tapName, 'tx-packets')?.at(-1);
  const dropped = readingsOf(kase, 'host', host?.tapName, 'tx-drops')?.at(-1);
  if (!sent || !dropped || sent.sample !== dropped.sample) return unknown;
  const isHeavy = dropped.value >= LEAST_DROPS && dropped.value * 20 >= sent.value + dropped.value;
  return known(isHeavy ? 'heavy' : 'light', [...dropped.at, ...sent.at]);
}

/** A burst while the guest boots fills the ring once: 1000 frames, the usual txqueuelen. */
const LEAST_DROPS = 2000;

/** With several VMs it may be another's: the number of its QEMU stands in its name. */
const vhost = oncePerCase((kase: Case): Known<string> => {
  const threads = allThings(kase, 'process', 'host').filter(({ says }) => says.cpu?.state === 'known');
  const busy = threads.find(({ says }) => (valueIn(says.cpu) ?? 0) >= WHOLE_PROCESSOR);
  if (busy) return known('busy', busy.at);
  return threads[0] ? known('idle', threads[0].at) : unknown;
});

const WHOLE_PROCESSOR = 90;

/** It acts where cluster, VM and NIC all have it on; policy_in is DROP unless it is set (PVE/Firewall.pm). */
export function readVmFirewall({ host }: Nic, kase: Case): Known<string> {
  const ofNic = host?.vmNic?.says.firewall;
  const ofVm = findThing(kase, 'host', 'firewall', host?.vm ?? '')?.says;
  const ofCluster = findThing(kase, 'host', 'firewall', 'cluster')?.says.enabled;
  for (const one of [ofNic, ofVm?.enabled, ofCluster])
    if (one?.state === 'known' && !one.value) return known('off', one.at);
  if (ofNic?.state !== 'known' || ofVm?.enabled?.state !== 'known' || ofCluster?.state !== 'known')
    return unknown;
  const policy = ofVm.policyIn;
  if (policy?.state === 'known')
    return known(policy.value === 'ACCEPT' ? 'acts' : 'drops-incoming', [...ofNic.at, ...policy.at]);
  return known('drops-incoming', [...ofNic.at, ...ofVm.enabled.at]);
}

/** Linux falls back to one shared vector below 2 x pairs + 1 (drivers/virtio/virtio_pci_common.c). */
function readQueues({ host }: Nic): Known<string> {
  const { qemu, vmNic } = host ?? {};
  const queues = qemu?.says.queues ?? vmNic?.says.queues;
  if (queues?.state !== 'known') return unknown;
  if (queues.value < 2) return known('single', queues.at);
  const vectors = qemu?.says.vectors ?? vmNic?.says.vectors;
  if (vectors?.state === 'known' && vectors.value < 2 * queues.value + 1)
    return known('few-vectors', [...queues.at, ...vectors.at]);
  const multiqueue = qemu?.says.multiqueue;
  if (multiqueue?.state === 'known' && !multiqueue.value)
    return known('multiqueue-off', [...queues.at, ...multiqueue.at]);
  return known('fits', queues.at);
}
