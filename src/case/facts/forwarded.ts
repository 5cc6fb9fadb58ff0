import type { Case, Nic, Thing } from '../../model/case.ts';
import { type Known, known, unknown, valueIn } from '../../model/known.ts';
import { allThings, findThing, thingsWith } from '../look-up.ts';
import { oncePerCase } from '../once-per-case.ts';

type Flow = Thing<'traffic'>;

/**
 * Seen on the guest's own interfaces, without -e. A packet of others that goes out has an address of the interface's network as its
 * target, or one of another interface's as its source. On the way in, an unfinished checksum is what RXCSUM allows; on the way out
 * nobody but the driver after the rework completes it (and there it shows so too).
 */
export function readForwarded(nic: Nic, kase: Case): Known<string> {
  const flows = allThings(kase, 'traffic', 'guest').filter(
    ({ says }) => valueIn(says.checksum) !== undefined,
  );
  const passed = flows.filter((flow) => isPassedOn(flow, nic, kase));
  for (const [seen, word] of [
    ['partial', 'unfinished'],
    ['good', 'complete'],
  ] as const) {
    const flow = passed.find(({ says }) => valueIn(says.checksum) === seen);
    if (flow) return known(word, flow.at);
  }
  const translated = flows.find((flow) => isTranslated(flow, nic, kase));
  if (translated) return known('translated', translated.at);
  const own = flows.find(
    ({ says }) => valueIn(says.checksum) === 'partial' && isOwn(valueIn(says.from), kase),
  );
  return own ? known('own-only', own.at) : unknown;
}

/** It came in by `nic`, and was seen where it leaves. */
function isPassedOn({ says }: Flow, nic: Nic, kase: Case): boolean {
  const from = valueIn(says.from);
  const to = valueIn(says.to);
  const out = valueIn(says.interface);
  if (from === undefined || to === undefined || out === undefined || !isIpv4(from) || !isIpv4(to))
    return false;
  if (isOwn(from, kase) || isOwn(to, kase)) return false;
  const source = interfaceOf(from, kase);
  const leaves = interfaceOf(to, kase) === out || (source !== undefined && source !== out);
  if (!leaves || source === out) return false;
  const entered = source ?? otherNic(out, kase);
  return entered !== undefined && (entered === nic.name || parentOf(entered, kase) === nic.name);
}

/**
 * PF changes an unfinished sum as if it were a whole one (field + old - new), which leaves it neither right nor the pseudo header's own;
 * what the guest itself sends with offload shows exactly that one. Needs a guest that translates, and one other NIC to come in by.
 */
function isTranslated({ says }: Flow, nic: Nic, kase: Case): boolean {
  const out = valueIn(says.interface);
  if (valueIn(says.checksum) !== 'wrong' || !isOwn(valueIn(says.from), kase) || out === undefined)
    return false;
  if ((valueIn(says.count) ?? 0) < 2 || !translates(kase)) return false;
  return otherNic(out, kase) === nic.name;
}

function translates(kase: Case): boolean {
  const product = findThing(kase, 'guest', 'system', '')?.says.distribution;
  return product?.state === 'known' || allThings(kase, 'natRule', 'guest').length > 0;
}

/** With two NICs, what leaves by one came in by the other. */
function otherNic(out: string, kase: Case): string | undefined {
  const others = guestNics(kase).length > 2 ? [] : guestNics(kase).filter((name) => name !== out);
  return others.length === 1 ? others[0] : undefined;
}

const guestNics = oncePerCase((kase: Case) => kase.nics.flatMap(({ guest, name }) => (guest ? [name] : [])));

function parentOf(name: string, kase: Case): string | undefined {
  return valueIn(findThing(kase, 'guest', 'interface', name)?.says.parent);
}

function isOwn(address: string | undefined, kase: Case): boolean {
  return thingsWith(kase, 'address', 'guest', 'address', address).length > 0;
}

/** The interface whose network the address is of. */
function interfaceOf(address: string, kase: Case): string | undefined {
  const own = allThings(kase, 'address', 'guest').find(({ says }) => {
    const network = valueIn(says.address) ?? '';
    const prefix = valueIn(says.prefix);
    if (prefix === undefined || prefix === 0 || !isIpv4(network)) return false;
    const shift = 2 ** (32 - prefix);
    return Math.floor(numberOf(network) / shift) === Math.floor(numberOf(address) / shift);
  });
  return own && valueIn(own.says.interface);
}

function isIpv4(address: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(address);
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}
