import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { negotiated } from './device-state.ts';
import { flowsOnTap } from './wire.ts';

/** The test that cuts nothing: `announce_self` in QEMU's monitor. */
export const announceFacts: readonly Fact[] = [
  {
    name: 'device.announces',
    asks: 'Does the driver of {nic} announce itself when QEMU asks it to?',
    words: {
      yes: 'the driver of {nic} negotiated VIRTIO_NET_F_GUEST_ANNOUNCE',
      no: 'the driver of {nic} did not negotiate VIRTIO_NET_F_GUEST_ANNOUNCE: announce_self gets no answer from it',
    },
    read: (nic) => negotiated(nic, 'VIRTIO_NET_F_GUEST_ANNOUNCE'),
  },
  {
    name: 'wire.announce',
    asks: 'Does {nic} answer an announce_self of QEMU with an ARP of its own?',
    words: {
      answered:
        'each RARP that QEMU sent for {nic} (announce_self) was followed by an ARP of the guest itself',
      unanswered: 'QEMU sent RARPs for {nic} (announce_self), and no ARP of the guest itself followed',
    },
    read: readAnnounce,
  },
];

/** QEMU's RARP carries the guest's MAC (net/announce.c); the guest asks for its own address (Linux inetdev_send_gratuitous_arp()). */
function readAnnounce(nic: Nic, kase: Case): Known<string> {
  const flows = flowsOnTap(nic, kase);
  const asked = flows.find(({ says }) => valueIn(says.what) === 'rarp');
  const from = valueIn(asked?.says.from);
  if (!asked || from === undefined) return unknown;
  const own = flows.find((flow) => valueIn(flow.says.from) === from && isGratuitous(flow));
  return own ? known('answered', [asked.at[0], own.at[0]]) : known('unanswered', asked.at);
}

function isGratuitous({ says }: Thing<'traffic'>): boolean {
  const asksFor = valueIn(says.asksFor);
  return valueIn(says.what) === 'arp-request' && asksFor !== undefined && asksFor === valueIn(says.tells);
}
