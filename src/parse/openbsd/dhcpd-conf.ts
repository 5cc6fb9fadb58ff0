// Reads: dhcpd.conf: which networks are served, with which range and router; hosts with fixed addresses are passed over.
// Grammar: dhcpd.conf(5) of OpenBSD, usr.sbin/dhcpd/confpars.c; ISC's is the same in what is read.
// Fixtures: fixtures/outputs/openbsd-7.7/dhcpd.conf.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { prefixOf } from './inet-line.ts';

const IP = '\\d{1,3}(?:\\.\\d{1,3}){3}';
const SUBNET = new RegExp(`^\\s{0,16}subnet (${IP}) netmask (${IP}) ?(\\{)?`);
const RANGE = new RegExp(`\\brange (?:dynamic-bootp )?(${IP})(?: (${IP}))? ?;`);
const ROUTER = new RegExp(`\\boption routers (${IP})`);
const OTHER =
  /^\s{0,32}(?:#|\}|\{|option [\w-]{1,40} |host \S|shared-network |group\b|class |pool\b|hardware ethernet |fixed-address |(?:default|max|min)-lease-time |authoritative|not authoritative|ddns-|next-server |filename |server-(?:name|identifier) |use-host-decl-names|deny |allow |ignore |if |else|log-facility|(?:boot|get-lease)[\w-]{0,40} )/;

export const dhcpdConf: Parser = {
  kind: 'openbsd/dhcpd-conf',
  title: 'dhcpd.conf',
  commands: /^(?:cat|less|more|head|tail|grep) (?:\S{1,100} )?\S{0,100}dhcpd[\w.-]{0,40}\.conf\b/,
  begins: SUBNET,
  continues: new RegExp(`${OTHER.source}|^\\s{0,32}range ${IP}`),
  leads:
    /^\s{0,16}(?:option [\w-]{1,40} \S|shared-network |(?:default|max|min)-lease-time |authoritative|ddns-)/,
  read: readDhcpdConf,
};

function readDhcpdConf(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let network = '';
  for (const row of rows) {
    const [, address, mask] = SUBNET.exec(row.text) ?? [];
    if (address !== undefined) {
      network = `${address}/${prefixOf(mask) ?? ''}`;
      notes.say('dhcpSubnet', network, { network }, row);
    }
    const isRead = network !== '' && sayDetails(network, row, notes);
    if (!isRead && address === undefined && !dhcpdConf.continues.test(row.text)) notes.missed(row);
  }
  return notes.done();
}

function sayDetails(network: string, row: Row, notes: Notes): boolean {
  const [, from, to = from] = RANGE.exec(row.text) ?? [];
  if (from !== undefined) notes.say('dhcpSubnet', network, { from, to }, row);
  const router = ROUTER.exec(row.text)?.[1];
  if (router !== undefined) notes.say('dhcpSubnet', network, { router }, row);
  return from !== undefined || router !== undefined;
}
