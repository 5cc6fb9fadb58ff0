// Reads: what DHCP clients of Linux and FreeBSD log: dhclient, udhcpc, dhcpcd, NetworkManager, systemd-networkd, wicked.
// Printed by: ISC dhcp client/dhclient.c; FreeBSD sbin/dhclient/dhclient.c; busybox networking/udhcp/dhcpc.c; dhcpcd src/dhcp.c; NetworkManager src/core/dhcp; systemd src/network.
// Fixtures: fixtures/outputs/linux-6.1/udhcpc*.txt, dhclient*.txt, dhcp-journal*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { anyOf } from '../any-of.ts';
import { takeNotes } from '../reading.ts';

/** The daemon's own name, which stands in front in a log and nowhere in its terminal output. */
const OWNER =
  '(?:[\\w.-]{1,20}(?:\\[\\d{1,10}\\])?: (?:<\\w{1,6}>\\s{1,2}(?:\\[\\d{1,12}\\.\\d{1,9}\\] )?)?(?:dhcp4?:? )?)?';
const NAME = '([a-zA-Z][\\w.-]{0,14})';

/** [what stands behind the owner, code, pattern]; the interface, if the row tells it, is its first group. */
const ROWS: readonly (readonly [string, string, RegExp])[] = (
  [
    [`\\d{1,9} bad (?:udp|ip|IP) checksums (?:seen )?in \\d{1,9} packets$`, 'dhcp-bad-checksum'],
    [`${NAME}: no link \\.{3,60} giving up$`, 'dhcp-no-link'],
    [`${NAME}: no link \\.{3,60}$`, 'dhcp-started'],
    [
      `DHCPDISCOVER on ${NAME} to 255\\.255\\.255\\.255 port 67(?: interval \\d{1,5})?(?: \\(xid=.{1,20}\\))?$`,
      'dhcp-discover',
    ],
    [
      `DHCPREQUEST (?:on ${NAME} to \\S{7,15} port 67|for \\S{7,15} on ${NAME} to \\S{7,15} port 67)`,
      'dhcp-request',
    ],
    [`DHCPOFFER (?:of \\S{7,15} )?from \\S{7,15}$`, 'dhcp-offer'],
    [`DHCPACK (?:of \\S{7,15} )?from \\S{7,15}`, 'dhcp-ack'],
    [`DHCPNAK from \\S{7,15}`, 'dhcp-nak'],
    [`No DHCPOFFERS received\\.$`, 'dhcp-no-answer'],
    [`No working leases in persistent database - sleeping\\.$`, 'dhcp-no-answer'],
    [`bound to \\S{7,15} -- renewal in \\d{1,10} seconds\\.$`, 'dhcp-bound'],
    [`Listening on LPF\\/${NAME}\\/(?:[\\da-f]{2}:){5}[\\da-f]{2}$`, 'dhcp-started'],
    [`Sending on   ?(?:LPF\\/${NAME}\\/(?:[\\da-f]{2}:){5}[\\da-f]{2}|Socket\\/.{1,20})$`, 'dhcp-started'],
    [
      `(?:udhcpc(?: \\(v?[\\w.-]{1,20}\\))?:? )?(?:started, v[\\w.-]{1,20}|udhcpc \\(v[\\w.-]{1,20}\\) started)$`,
      'dhcp-started',
    ],
    [`(?:broadcasting|[Ss]ending) (?:discover|select|renew)(?:[. ].{0,80})?$`, 'dhcp-discover'],
    [
      `[Ll]ease of \\S{7,15} obtained(?: from \\S{7,15})?, lease time \\d{1,10}(?: \\(.{1,30}\\))?$`,
      'dhcp-bound',
    ],
    [`(?:no lease|No lease), (?:failing|forking to background)\\.?$`, 'dhcp-no-answer'],
    [`(?:bad packet, ignoring|packet with bad UDP checksum received, ignoring$)`, 'dhcp-bad-checksum'],
    [
      `${NAME}: (?:soliciting a DHCP lease|broadcasting for a lease|rebinding lease of .{1,60})$`,
      'dhcp-discover',
    ],
    [`${NAME}: offered \\S{7,15} from \\S{7,15}`, 'dhcp-offer'],
    [`${NAME}: leased \\S{7,15} for \\d{1,10} seconds$`, 'dhcp-bound'],
    [`${NAME}: (?:probing for an IPv4LL address|using IPv4LL address \\S{7,15})$`, 'dhcp-no-answer'],
    [
      `${NAME}: (?:checksum failure from|wrong UDP checksum|invalid UDP packet from) \\S{1,20}$`,
      'dhcp-bad-checksum',
    ],
    [`${NAME}: carrier acquired$`, 'dhcp-started'],
    [
      `${NAME}: (?:IAID [\\da-f:]{2,40}|(?:adding|deleting|changing) (?:address|route|default route|prefix) .{1,120}|waiting for carrier|carrier lost|no IPv6 Routers available|soliciting an IPv6 router|Router Advertisement from .{1,60}|removing interface)$`,
      'link-note',
    ],
    [`\\(${NAME}\\):? (?:activation: beginning transaction|starting DHCPv4).{0,60}$`, 'dhcp-discover'],
    [`\\(${NAME}\\): DHCPv4 request timed out$`, 'dhcp-no-answer'],
    [`\\(${NAME}\\): request timed out$`, 'dhcp-no-answer'],
    [`\\(${NAME}\\): state changed (?:new lease|unknown -> bound|.{1,20} -> bound).{0,60}$`, 'dhcp-bound'],
    [`\\(${NAME}\\): state changed .{1,20} -> (?:timeout|expire|fail|terminated).{0,60}$`, 'dhcp-no-answer'],
    [`${NAME}: DHCPv4 address \\S{7,19}(?: (?:via|acquired from|gateway|,).{0,80})?$`, 'dhcp-bound'],
    [
      `${NAME}: (?:Could not acquire DHCPv4 lease|DHCPv4 client: No lease|DHCP4 client: .{0,20}timed? ?out.{0,20})`,
      'dhcp-no-answer',
    ],
    [`${NAME}: DHCP(?:v4)? lease lost$`, 'dhcp-lost'],
    [
      `${NAME}: (?:Gained carrier|Gained IPv6LL|Configured|Configuring with .{1,120}|IPv6 successfully enabled|Link UP|Link DOWN|Lost carrier)$`,
      'link-note',
    ],
    [`${NAME}: (?:DHCPv4|DHCP) (?:discovery|request) (?:has )?(?:failed|timed out)`, 'dhcp-no-answer'],
    [
      `${NAME}: (?:IPv4 |detected )?(?:[Aa]ddress \\S{7,15} (?:already in use|is already in use|is in use).{0,60}|IP address conflict.{0,60}|hardware address \\S{17} claims \\S{7,15})$`,
      'address-in-use',
    ],
    [`(?:duplicate address|[Aa]ddress conflict|IPv4 duplicate address) .{0,120}$`, 'address-in-use'],
    [`DHCPDECLINE (?:of|on) .{1,80}$`, 'address-in-use'],
  ] as const
).map(([source, code]) => [source, code, new RegExp(`^${OWNER}${source}`)] as const);

const OWNED =
  /^(?:dhclient|udhcpc\d?|dhcpcd|NetworkManager|systemd-networkd|wickedd?(?:-dhcp4)?|connmand)(?:\[\d{1,10}\])?: /;

export const dhcpClient: Parser = {
  kind: 'linux/dhcp-client',
  title: 'DHCP client log',
  commands:
    /^(?:\/s?bin\/)?(?:dhclient|udhcpc|dhcpcd)\b|^journalctl\b.{0,80}(?:dhclient|NetworkManager|systemd-networkd|dhcpcd|networking)/,
  begins: new RegExp(
    `${OWNED.source}|^${OWNER}(?:${
      anyOf(ROWS.filter(([, code]) => code !== 'link-note').map(([source]) => new RegExp(source))).source
    })`,
  ),
  continues:
    /^(?:Internet Systems Consortium DHCP Client|Copyright 20\d\d-20\d\d Internet|All rights reserved\.|For info, please visit|Listening on |Sending on |timed out$|forked to background|dhcpcd-[\d.]{3,12} starting|DUID [\da-f:]{11,80}$|dev: loaded udev|-- (?:Logs begin|Journal begins|Boot|Reboot) )/,
  isLog: true,
  read: readDhcpClient,
};

function readDhcpClient(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const asked = /(?:dhclient|udhcpc|dhcpcd)(?: {1,2}-\S{1,12}){0,6}(?: -i)? {1,2}([a-z][\w.]{1,14})$/.exec(
    command,
  )?.[1];
  let last = asked ?? '';
  for (const row of rows) {
    const hit = ROWS.find(([, , pattern]) => pattern.test(row.text));
    if (!hit) {
      if (!isOther(row)) notes.missed(row);
      continue;
    }
    const [, code, pattern] = hit;
    const [, ...groups] = pattern.exec(row.text) ?? [];
    const name = groups.find((group) => group !== undefined);
    if (name !== undefined) last = name;
    if (code === 'link-note') continue;
    const device = name ?? last;
    if (name !== undefined) notes.say('interface', name, {}, row);
    notes.say('message', `${code} ${device}`, { code, device, text: row.text }, row);
  }
  return notes.done();
}

/** What daemons say besides; a copyright notice. */
function isOther(row: Row): boolean {
  return OWNED.test(row.text) || dhcpClient.continues.test(row.text);
}
