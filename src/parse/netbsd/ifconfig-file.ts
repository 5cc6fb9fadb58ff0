// Reads: /etc/ifconfig.IF, the start-up file of an interface: arguments of ifconfig(8) a line, commands behind `!`.
// Read by: etc/rc.d/network of NetBSD; ifconfig.if(5). (`ifconfig_IF=` in rc.conf is read as FreeBSD's.)
// Fixtures: fixtures/outputs/netbsd-10.1/ifconfig-file.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const FILE = /^(?:cat|less|more) (\/etc\/ifconfig\.([a-z]{2,12}\d{1,4}))$/;
const LINE =
  /^(?:#.{0,200}|!.{1,200}|up|down|create|dhcp|(?:inet6? |alias |media |mtu |vlan |vlanif |description |link |tso|ip4csum|tcp4csum|udp4csum)\S{0,60}.{0,200}|(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?.{0,100})$/;

export const netbsdIfconfigFile: Parser = {
  kind: 'netbsd/ifconfig-file',
  title: 'start-up file of a NetBSD interface',
  side: 'guest',
  commands: FILE,
  begins: /^(?!)/,
  continues: LINE,
  read: readFile,
};

function readFile(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const [, path, name] = FILE.exec(command) ?? [];
  for (const row of rows) {
    if (!LINE.test(row.text) || path === undefined || name === undefined) {
      notes.missed(row);
      continue;
    }
    const [, vlan, parent] = /^vlan (\d{1,4}) vlanif ([a-z]{2,12}\d{1,4})/.exec(row.text) ?? [];
    const isDhcp = /^!.{0,40}\b(?:dhcpcd|dhclient)\b|^dhcp$/.test(row.text);
    const isAddress = /^(?:inet6? (?:alias )?[\da-f:.]{3,39}\b|(?:\d{1,3}\.){3}\d)/.test(row.text);
    const asks = isDhcp ? 'autoconf' : isAddress ? 'static' : undefined;
    const up = row.text === 'down' ? false : row.text === 'up' || asks ? true : undefined;
    const place = vlan === undefined ? {} : { vlan: Number(vlan), parent };
    notes.say('interfaceFile', name, { path, asks, up, ...place }, row);
  }
  return notes.done();
}
