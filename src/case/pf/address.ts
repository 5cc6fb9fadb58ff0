import type { Case } from '../../model/case.ts';
import { valueIn } from '../../model/known.ts';
import { thingsWith } from '../look-up.ts';

export type Match = 'yes' | 'no' | 'unknown';

/** An IPv4 network; a single address has prefix 32. */
export type Network = { readonly base: number; readonly prefix: number };

/** Where a packet comes from or goes to: known addresses, or the own address of an interface. */
export type End = { readonly network?: Network; readonly own?: string };

export function networkOf(text: string | undefined): Network | undefined {
  const [, address, prefix] = /^(\d{1,3}(?:\.\d{1,3}){0,3})(?:\/(\d{1,2}))?$/.exec(text ?? '') ?? [];
  if (address === undefined) return undefined;
  const octets = address.split('.').map(Number);
  // pf.conf(5) takes 10/8 for 10.0.0.0/8.
  if (octets.length < 4 && prefix === undefined) return undefined;
  const base = [0, 1, 2, 3].reduce((sum, index) => sum * 256 + (octets[index] ?? 0), 0);
  const bits = prefix === undefined ? 32 : Number(prefix);
  return { base: base - (base % 2 ** (32 - bits)), prefix: bits };
}

/** yes: all of `inner` lies in `outer`; unknown: a part of it. */
export function lies(inner: Network, outer: Network): Match {
  const size = 2 ** (32 - Math.min(inner.prefix, outer.prefix));
  const meets = Math.floor(inner.base / size) === Math.floor(outer.base / size);
  if (!meets) return 'no';
  return inner.prefix >= outer.prefix ? 'yes' : 'unknown';
}

/** The list of a rule's `from` or `to` against one end of a packet. */
export function matchAddress(list: readonly string[] | undefined, end: End, kase: Case): Match {
  if (list === undefined || list.length === 0) return 'yes';
  const answers = list.map((word) => {
    const answer = matchOne(word.replace(/^!/, ''), end, kase);
    return word.startsWith('!') ? negated(answer) : answer;
  });
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') ? 'unknown' : 'no';
}

export function negated(answer: Match): Match {
  return answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : 'unknown';
}

/** `any`, an address, a network, `(em0)`, `em0:network`, `<table>`. */
function matchOne(word: string, end: End, kase: Case): Match {
  if (word === 'any') return 'yes';
  if (word.includes(':') && /^[\da-f:]{2,39}(?:\/\d{1,3})?$/i.test(word)) return 'no';
  const network = networkOf(word);
  if (network) return end.network ? lies(end.network, network) : 'unknown';
  const [, name, what] = /^\(?([a-z]{2,15}\d{0,5}|self)(?::(\w{1,10}))?(?::\d)?\)?$/.exec(word) ?? [];
  if (name === undefined) return 'unknown';
  if (end.own !== undefined && what !== 'broadcast')
    return [end.own, 'self', 'egress'].includes(name) ? 'yes' : 'unknown';
  if (end.network && isSpecial(end.network)) return 'no';
  return what === 'network' ? matchInterfaceNetwork(name, end, kase) : matchOwnAddress(name, end, kase);
}

/** 0.0.0.0 and 255.255.255.255: no interface has them. */
function isSpecial({ base, prefix }: Network): boolean {
  return prefix === 32 && (base === 0 || base === 2 ** 32 - 1);
}

function matchInterfaceNetwork(name: string, { network }: End, kase: Case): Match {
  const own = networksOf(name, kase);
  if (!network || own.length === 0) return 'unknown';
  const answers = own.map((one) => lies(network, one));
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

function matchOwnAddress(name: string, { network }: End, kase: Case): Match {
  const own = networksOf(name, kase);
  if (!network || own.length === 0) return 'unknown';
  return own.some((one) => lies(network, one) !== 'no') ? 'unknown' : 'no';
}

function networksOf(name: string, kase: Case): Network[] {
  return thingsWith(kase, 'address', 'host', 'interface', name).flatMap(({ says }) => {
    return networkOf(`${valueIn(says.address) ?? ''}/${valueIn(says.prefix) ?? 32}`) ?? [];
  });
}

const NAMES: Readonly<Record<string, number>> = {
  bootps: 67,
  bootpc: 68,
  domain: 53,
  ssh: 22,
  www: 80,
  http: 80,
  https: 443,
  ntp: 123,
  smtp: 25,
};

export function matchPort(list: readonly string[] | undefined, port: number | undefined): Match {
  if (list === undefined || list.length === 0) return 'yes';
  if (port === undefined) return 'unknown';
  const answers = list.map((word): Match => {
    const [, from = '', to = ''] = /^([\w-]{1,20}):([\w-]{1,20})$/.exec(word) ?? [];
    const [low, high] = from === '' ? [numberOf(word), numberOf(word)] : [numberOf(from), numberOf(to)];
    if (low === undefined || high === undefined) return 'unknown';
    return low <= port && port <= high ? 'yes' : 'no';
  });
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

function numberOf(word: string): number | undefined {
  return /^\d{1,5}$/.test(word) ? Number(word) : NAMES[word];
}
