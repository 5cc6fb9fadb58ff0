// Reads: the logs of DHCP servers: ISC dhcpd, OpenBSD's dhcpd and dnsmasq: who asked, what was offered and taken, what was declined.
// Printed by: ISC dhcp server/dhcp.c; dnsmasq src/rfc2131.c log_packet(); OpenBSD usr.sbin/dhcpd dhcp.c, dispatch.c, packet.c.
// Fixtures: fixtures/outputs/linux-6.1/dhcpd-log.txt, dnsmasq-log.txt, openbsd-7.7/dhcpd-log.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const MAC = '(?:[\\da-fA-F]{2}:){5}[\\da-fA-F]{2}';
const IP = '\\d{1,3}(?:\\.\\d{1,3}){3}';
const ISC = new RegExp(
  `^(?:dhcpd(?:\\[\\d{1,10}\\])?: )?(?:(DHCPDISCOVER|DHCPREQUEST|DHCPDECLINE|DHCPOFFER|DHCPACK|DHCPNAK|DHCPRELEASE|DHCPINFORM)(?: (?:of|on|for) (${IP})(?: \\(${IP}\\))?)?(?: from| to) (${MAC})(?: \\(.{0,64}?\\))?(?: via \\S{1,30})?.{0,80})$`,
);
const DNSMASQ = new RegExp(
  `^(?:dnsmasq-dhcp\\[\\d{1,10}\\]: )?(?:\\d{1,10} )?(DHCPDISCOVER|DHCPREQUEST|DHCPDECLINE|DHCPOFFER|DHCPACK|DHCPNAK|DHCPRELEASE|DHCPINFORM)\\([\\w.@:-]{1,20}\\)(?: (${IP}))? (${MAC}).{0,80}$`,
);
const OTHER =
  /^(?:dhcpd(?:\[\d{1,10}\])?: |dnsmasq(?:-dhcp)?\[\d{1,10}\]: |No interfaces to listen on|Listening on BPF\/|Abandoning IP address |reuse_lease: |Wrote \d{1,9} .{1,40} to leases file)/;

/** OpenBSD's: why it does not serve an interface, and what it could not use. */
const REFUSALS: readonly [RegExp, string][] = [
  [/^Can't listen on (\S{1,16}) - it has no IP address\.?$/, 'dhcpd-no-address'],
  [/^Can't listen on (\S{1,16}) - dhcpd\.conf has no subnet declaration for /, 'dhcpd-no-subnet'],
  [/^Can't listen on (\S{1,16}) - wrong rdomain$/, 'dhcpd-wrong-rdomain'],
  [/^Interface (\S{1,16}) is not in rdomain \d/, 'dhcpd-wrong-rdomain'],
  [/^No interfaces to listen on\.?()$/, 'dhcpd-not-listening'],
  [/^no free leases on subnet (\S{1,20})/i, 'dhcpd-no-free-lease'],
  [/^[1-9]\d{0,9} bad udp checksums in ()\d{1,10} packets/, 'dhcpd-bad-checksum'],
];
const LISTENING = /^Listening on (?:BPF\/)?([a-z]{2,14}\d{1,5}) \(\d{1,3}(?:\.\d{1,3}){3}\)\.?$/;

export const dhcpServer: Parser = {
  kind: 'linux/dhcp-server',
  title: 'DHCP server log',
  commands: /^journalctl\b.{0,80}(?:dhcpd|dnsmasq|libvirtd)/,
  begins: new RegExp(
    `${ISC.source}|${DNSMASQ.source}|^(?:dhcpd|dnsmasq-dhcp)\\[\\d{1,10}\\]: |^Can't listen on \\S{1,16} - `,
  ),
  continues: OTHER,
  isLog: true,
  read: readServer,
};

function readServer(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  for (const row of rows) if (!readRow(row, notes)) notes.missed(row);
  return notes.done('host');
}

function readRow(row: Row, notes: Notes): boolean {
  const [, word, address = '', client = ''] = ISC.exec(row.text) ?? DNSMASQ.exec(row.text) ?? [];
  if (word === undefined) return sayOwn(row, notes) || OTHER.test(row.text);
  const mac = client.toLowerCase();
  const done = {
    DHCPDISCOVER: { asked: true },
    DHCPREQUEST: { asked: true },
    DHCPOFFER: { offered: true },
    DHCPACK: { accepted: true },
    DHCPDECLINE: { declined: true },
  }[word];
  if (done) notes.say('dhcpLease', `${mac} ${address}`, { mac, address, ...done }, row);
  return true;
}

function sayOwn(row: Row, notes: Notes): boolean {
  const text = row.text.replace(/^dhcpd(?:\[\d{1,10}\])?: /, '');
  const served = LISTENING.exec(text)?.[1];
  if (served)
    notes.say(
      'message',
      `dhcpd-listening ${served}`,
      { code: 'dhcpd-listening', device: served, text: row.text },
      row,
    );
  for (const [shape, code] of REFUSALS) {
    const device = shape.exec(text)?.[1];
    if (device === undefined) continue;
    notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
    return true;
  }
  return served !== undefined;
}
