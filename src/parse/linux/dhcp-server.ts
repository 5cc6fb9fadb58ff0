// Reads: the logs of DHCP servers: ISC dhcpd and dnsmasq: who asked, what was offered and taken, what was declined.
// Printed by: ISC dhcp server/dhcp.c; dnsmasq src/rfc2131.c log_packet(). Fixtures: fixtures/outputs/linux-6.1/dhcpd-log.txt, dnsmasq-log.txt.

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
  /^(?:dhcpd(?:\[\d{1,10}\])?: |dnsmasq(?:-dhcp)?\[\d{1,10}\]: |Abandoning IP address |reuse_lease: |Wrote \d{1,9} .{1,40} to leases file)/;

export const dhcpServer: Parser = {
  kind: 'linux/dhcp-server',
  title: 'DHCP server log',
  commands: /^journalctl\b.{0,80}(?:dhcpd|dnsmasq|libvirtd)/,
  begins: new RegExp(`${ISC.source}|${DNSMASQ.source}|^(?:dhcpd|dnsmasq-dhcp)\\[\\d{1,10}\\]: `),
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
  if (word === undefined) return OTHER.test(row.text);
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
