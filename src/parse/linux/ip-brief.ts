// Reads: rows of `ip -br link` and `ip -br addr`: name, state, then MAC and flags, or addresses.
// Printed by: iproute2 ip/ipaddress.c with -br; captured with 6.1.
// Fixtures: fixtures/outputs/linux-6.1/ip-br-link.txt and ip-br-addr.txt, linux-6.18/ip-br-link.txt.

import type { Row } from '../../model/line.ts';
import type { Notes } from '../reading.ts';
import type { IpLinkPlace } from './ip-link-place.ts';
import { linkFlags } from './link-flags.ts';

const STATES = 'UP|DOWN|UNKNOWN|LOWERLAYERDOWN|DORMANT|NOTPRESENT|TESTING';
const LINK = new RegExp(
  `^([^:@\\s]{1,40})(?:@\\S{1,40})?\\s{1,40}(?:${STATES})\\s{1,40}(?:([\\da-f.:]{2,59}) )?<([A-Z0-9_,-]{1,300})>$`,
);
const ADDRESSES = new RegExp(
  `^([^:@\\s]{1,40})(?:@\\S{1,40})?\\s{1,40}(${STATES})\\s{1,40}((?:[\\da-f.:]{2,45}(?: peer [\\da-f.:]{2,45})?/\\d{1,3})(?: .{0,600})?)$`,
);
const NOTHING = new RegExp(`^[^:@\\s]{1,40}(?:@\\S{1,40})?\\s{1,40}(?:${STATES})$`);

/** A row that only the brief form prints. */
export const brief = new RegExp(`${LINK.source}|${ADDRESSES.source}`);

/**
 * The brief form has no column for the master. `operstate` is left to the full form, which prints both:
 * an operstate without a master is read as "in no bridge".
 */
export function readBrief(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  return readLink(text, row, place, notes) || readAddresses(text, row, place, notes) || NOTHING.test(text);
}

function readLink(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  const [, name, mac = '', flags = ''] = LINK.exec(text) ?? [];
  if (name === undefined) return false;
  place.name = name;
  const isEthernet = /^(?:[\da-f]{2}:){5}[\da-f]{2}$/.test(mac) && !flags.includes('LOOPBACK');
  notes.say('interface', name, { ...linkFlags(flags), mac: isEthernet ? mac : undefined }, row);
  return true;
}

function readAddresses(text: string, row: Row, place: IpLinkPlace, notes: Notes): boolean {
  const [, name, state, list = ''] = ADDRESSES.exec(text) ?? [];
  if (name === undefined) return false;
  place.name = name;
  // RFC 2863: what is operationally up is administratively up and has a link; DOWN may be either.
  if (state === 'UP') notes.say('interface', name, { up: true, lowerUp: true, link: 'active' }, row);
  for (const [, address = '', prefix] of list.matchAll(
    /(?:^| )([\da-f.:]{2,45})(?: peer [\da-f.:]{2,45})?\/(\d{1,3})(?= |$)/g,
  )) {
    const family = address.includes(':') ? 'inet6' : 'inet';
    notes.say(
      'address',
      `${name} ${address}`,
      { interface: name, family, address, prefix: Number(prefix) },
      row,
    );
  }
  return true;
}
