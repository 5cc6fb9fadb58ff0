import { ipv6StandIns, macOfIpv6 } from './redact-address.ts';
import { ipv4StandIns } from './redact-ipv4.ts';
import { bareMac, macStandIns } from './redact-mac.ts';
import { findNames, nameStandIn } from './redact-name.ts';
import { type Change, type Known, replaceAddresses } from './replace-addresses.ts';

/** All that is to be replaced in some texts, and by what. */
export type StandIns = Change & { readonly known: Known; readonly names: ReadonlyMap<string, string> };

/** Reads all texts first, so that no stand-in is a real value of another place. `ownWords`: words that are no names here. */
export function standInsFor(texts: readonly string[], ownWords: ReadonlySet<string>): StandIns {
  const found = { macs: new Set<string>(), ipv6: new Set<string>(), ipv4: new Set<string>() };
  const note = (set: Set<string>) => (real: string) => {
    set.add(real);
    return real;
  };
  const change = { mac: note(found.macs), ipv6: note(found.ipv6), ipv4: note(found.ipv4) };
  const nothing: Known = { macs: new Set(), ipv4: new Set() };
  for (const text of texts) replaceAddresses(text, change, nothing);

  const macs = new Set([...found.macs].map(bareMac));
  const reals = [...macs, ...[...found.ipv6].flatMap((address) => macOfIpv6(address) ?? [])];
  const mac = macStandIns(reals);
  return {
    mac: mac.mac,
    ipv6: ipv6StandIns(mac, [...found.ipv6]),
    ipv4: ipv4StandIns([...found.ipv4]),
    known: { macs: new Set(reals), ipv4: found.ipv4 },
    names: nameStandIns(texts, ownWords),
  };
}

function nameStandIns(texts: readonly string[], ownWords: ReadonlySet<string>): Map<string, string> {
  const names = findNames(texts).filter((name) => !ownWords.has(name));
  const reals = new Set(names);
  const result = new Map<string, string>();
  let count = 0;
  for (const name of names) {
    let standIn: string;
    do standIn = nameStandIn(name, ++count);
    while (reals.has(standIn));
    result.set(name, standIn);
  }
  return result;
}
