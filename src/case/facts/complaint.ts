import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { readAddress4 } from './addressing.ts';

/** What the person sees, as far as it can be meant of this NIC. */
export const complaintFacts: readonly Fact[] = [
  {
    name: 'nic.complaint',
    asks: 'What do you see?',
    words: {
      'no-link': 'the person sees no link',
      'no-traffic': 'the person sees link, but nothing passes',
      stalls: 'the person sees traffic stop until the interface is taken down and up',
      slow: 'the person finds it slow',
      'some-traffic': 'the person sees some traffic fail',
      'no-address': 'the person gets no address',
      'nic-missing': 'the person misses the NIC',
      flaps: 'the person sees the link come and go',
      none: 'the person has no complaint',
      elsewhere: 'the complaint is about another NIC: {nic} shows nothing of the kind',
    },
    read: readComplaint,
  },
];

/** While another NIC visibly has the trouble and this one does not, the complaint is about the other. */
function readComplaint(nic: Nic, kase: Case): Known<string> {
  if (kase.complaint.state === 'unknown') return unknown;
  const { value, at } = kase.complaint;
  const shows = SHOWS[value];
  if (!shows || shows(nic, kase) === 'yes') return known(value, at);
  const other = kase.nics.find((one) => one !== nic && shows(one, kase) === 'yes');
  return other?.guest ? known('elsewhere', other.guest.at) : known(value, at);
}

type Sign = (nic: Nic, kase: Case) => 'yes' | 'no' | 'unknown';

const hasNoLink: Sign = (nic) => {
  const { up, link } = nic.guest?.says ?? {};
  if (valueIn(up) === false || valueIn(link) === 'no-carrier') return 'yes';
  return valueIn(up) && valueIn(link) === 'active' ? 'no' : 'unknown';
};

const hasNoAddress: Sign = (nic, kase) => {
  const address = valueIn(readAddress4(nic, kase));
  return address === 'missing' ? 'yes' : address === undefined ? 'unknown' : 'no';
};

const SHOWS: Record<string, Sign> = { 'no-link': hasNoLink, flaps: hasNoLink, 'no-address': hasNoAddress };
