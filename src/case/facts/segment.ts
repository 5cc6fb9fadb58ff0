import type { Case, Fact, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings } from '../look-up.ts';
import { macOf } from '../nic-mac.ts';
import { addresses } from './addressing.ts';
import { flowsOnTap } from './wire.ts';

/** Whether the guest's address is one of the network that its NIC is plugged into. */
export const segmentFacts: readonly Fact[] = [
  {
    name: 'nic.address-fit',
    asks: 'Is the address of {nic} one of the network that it is plugged into?',
    words: {
      fits: 'others on the segment of {nic} use addresses of its network',
      foreign: 'nobody on the segment of {nic} uses an address of its network',
    },
    read: readFit,
  },
  {
    name: 'nic.neighbor-route',
    asks: 'Has the guest a route to the machines on the segment of {nic}?',
    words: { missing: 'the guest has no route to a machine that is on the segment of {nic}' },
    read: readNeighborRoute,
  },
];

/** Several networks may share a segment: that nobody uses the guest's says little by itself. */
function readFit(nic: Nic, kase: Case): Known<string> {
  const own = addresses(nic, kase).filter(({ says }) => valueIn(says.family) === 'inet');
  const others = othersAsking(nic, kase);
  const [first] = own;
  const [other] = others;
  if (!first || !other) return unknown;
  const networks = own.map(({ says }) => networkOf(valueIn(says.address), valueIn(says.prefix)));
  const near = others.find(({ says }) =>
    [says.tells, says.asksFor].some((address) =>
      networks.some((network) => network?.holds(valueIn(address))),
    ),
  );
  if (near) return known('fits', [first.at[0], near.at[0]]);
  return networks.includes(undefined) ? unknown : known('foreign', [first.at[0], other.at[0]]);
}

function readNeighborRoute(nic: Nic, kase: Case): Known<string> {
  const lost = allThings(kase, 'ping', 'guest').filter(({ says }) => valueIn(says.noRoute));
  for (const ping of lost) {
    const target = valueIn(ping.says.target);
    const neighbor = othersAsking(nic, kase).find(({ says }) => valueIn(says.tells) === target);
    if (neighbor) return known('missing', [ping.at[0], neighbor.at[0]]);
  }
  return unknown;
}

/** Who asks or answers by ARP on the tap, and is not the guest. */
function othersAsking(nic: Nic, kase: Case): Thing<'traffic'>[] {
  const mac = valueIn(macOf(nic));
  if (mac === undefined) return [];
  return flowsOnTap(nic, kase).filter(
    ({ says }) => valueIn(says.what)?.startsWith('arp-') && valueIn(says.from) !== mac,
  );
}

type Network = { holds(address: string | undefined): boolean };

function networkOf(address: string | undefined, prefix: number | undefined): Network | undefined {
  const base = numberOf(address);
  if (base === undefined || prefix === undefined) return undefined;
  const size = 2 ** (32 - prefix);
  return {
    holds(other) {
      const value = numberOf(other);
      return value !== undefined && Math.floor(value / size) === Math.floor(base / size);
    },
  };
}

function numberOf(address: string | undefined): number | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
    .exec(address ?? '')
    ?.slice(1)
    .map(Number);
  return octets?.reduce((sum, octet) => sum * 256 + octet, 0);
}
