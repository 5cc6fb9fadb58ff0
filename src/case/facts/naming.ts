import type { Case, Fact, Nic } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import type { Lines } from '../../model/line.ts';
import { groupBy } from '../group-by.ts';
import { messagesOf } from '../messages.ts';
import { oncePerCase } from '../once-per-case.ts';
import { readModel } from './model.ts';

/** Names that the kernel gives in the order in which drivers find their NICs. */
export const namingFacts: readonly Fact[] = [
  {
    name: 'nic.order',
    asks: 'Does the guest number its NICs as the host does?',
    words: {
      'as-on-host': 'the guest numbers its NICs as the host does',
      crossed:
        'the guest numbers its NICs in another order than the host: one is of another model, and its driver was loaded earlier or later',
    },
    read: readOrder,
  },
  {
    name: 'nic.profile',
    asks: 'Does a connection profile of the network manager fit {nic}?',
    words: { none: 'the network manager has no connection for {nic}' },
    read: (nic, kase) => {
      const idle = messagesOf(nic, kase).find(({ says }) => valueIn(says.code) === 'no-profile');
      return idle ? known('none', idle.at) : unknown;
    },
  },
];

/** eth0 is what was found first: of two models, the one whose driver came first. Among NICs of one driver the PCI slot decides. */
function readOrder(nic: Nic, kase: Case): Known<string> {
  const own = places(kase).get(nic);
  if (!own) return unknown;
  let same: Known<string> = unknown;
  for (const place of placesByVm(kase).get(own.vm ?? '') ?? []) {
    if (place === own) continue;
    const at: Lines = [...own.at, ...place.at];
    const isCrossed = (own.number - place.number) * (own.index - place.index) < 0;
    if (isCrossed && own.model !== place.model) return known('crossed', at);
    if (!isCrossed) same = known('as-on-host', at);
  }
  return same;
}

const places = oncePerCase((kase: Case) => {
  const found = kase.nics.map((nic) => [nic, placeOf(nic)] as const);
  return new Map(found.flatMap(([nic, place]) => (place ? [[nic, place] as const] : [])));
});

const placesByVm = oncePerCase((kase: Case) => groupBy(places(kase).values(), ({ vm }) => [vm ?? '']));

type Place = { number: number; index: number; vm: string | undefined; model: string; at: Lines };

function placeOf(nic: Nic): Place | undefined {
  const number = /^eth(\d{1,3})$/.exec(nic.name)?.[1];
  const index = nic.host?.index;
  const model = readModel(nic);
  const joined = nic.joined[0];
  if (number === undefined || index === undefined || model.state !== 'known' || !joined) return undefined;
  return { number: Number(number), index, vm: nic.host?.vm, model: model.value, at: joined.at };
}
