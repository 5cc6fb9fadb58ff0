// Reads: /conf/config.xml of pfSense and OPNsense, whole, cut or through grep: which interfaces are assigned, and the VLANs on them.
// Printed by: cat(1), grep(1); elements: pfsense src/etc/inc/interfaces.inc, opnsense/core src/etc/inc/interfaces.inc.
// Fixtures: fixtures/outputs/{pfsense-2.6,opnsense-24.7}/config.xml*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

const PATH = '/conf/config.xml';
const FILE = '(?:\\S{0,30}\\/config(?:-\\S{1,40})?\\.xml:)?(?:\\d{1,6}[:-])?';
const ELEMENT = new RegExp(
  `^${FILE}\\s{0,40}<([a-z_][\\w-]{0,40})(?: [^<>]{0,120})?>([^<>]{0,300})<\\/\\1>$`,
);
const OPENED = new RegExp(`^${FILE}\\s{0,40}<([a-z_][\\w-]{0,40})(?: [^<>]{0,120})?>$`);
const CLOSED = new RegExp(`^${FILE}\\s{0,40}<\\/([a-z_][\\w-]{0,40})>$`);
const ASSIGNED = new RegExp(`^${FILE}\\s{0,40}<(?:if|vlanif)>[a-z][\\w.]{1,15}<\\/(?:if|vlanif)>$`);
const ROOT = /^<(pfsense|opnsense)>$/;

export const configXml: Parser = {
  kind: 'freebsd/config-xml',
  title: 'config.xml of pfSense or OPNsense',
  side: 'guest',
  commands: /^(?:cat|head|tail|more|less|grep|egrep|sed)\b.{0,120}\/conf\/config(?:-\S{1,40})?\.xml/,
  begins: new RegExp(`${ROOT.source}|${ASSIGNED.source}`),
  continues: /^(?:\S{0,30}\/config\.xml:)?(?:\d{1,6}[:-])?\s{0,40}<(?:[a-z_!?]|\/[a-z])[^\n]{0,600}>$/,
  leads:
    /^\s{0,20}(?:<\?xml [^<>]{1,60}\?>|<(?:interfaces|wan|lan|opt\d{1,3}|vlans?)(?: [^<>]{0,80})?>|<enable\/>|<enable>1?<\/enable>|<descr>.{0,80}<\/descr>)$/,
  read: readConfigXml,
};

/** What was read of one `<wan>` or one `<vlan>` so far; its name may come last. */
type Draft = {
  name?: string;
  parent?: string;
  vlan?: number;
  row?: Row;
  asks?: 'autoconf' | 'static';
  up?: boolean;
};

function readConfigXml(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const open: string[] = [];
  let draft: Draft = {};
  for (const row of rows) {
    const root = ROOT.exec(row.text)?.[1];
    if (root) notes.say('system', '', { os: 'freebsd', distribution: root as 'pfsense' | 'opnsense' }, row);
    const [, element, value = ''] = ELEMENT.exec(row.text) ?? [];
    const opened = OPENED.exec(row.text)?.[1];
    const closed = CLOSED.exec(row.text)?.[1];
    if (opened) {
      open.push(opened);
      draft = {};
    } else if (closed) {
      sayDraft(draft, notes);
      draft = {};
      open.splice(Math.max(open.lastIndexOf(closed), 0));
    } else if (element) readElement(element, value, draft, open, row);
    // Through grep no element is closed: each assignment stands for itself.
    if (element === 'if' && open.length === 0) {
      sayDraft(draft, notes);
      draft = {};
    }
    if (!(root || element || opened || closed) && !configXml.continues.test(row.text)) notes.missed(row);
  }
  sayDraft(draft, notes);
  return notes.done();
}

function readElement(element: string, value: string, draft: Draft, open: readonly string[], row: Row): void {
  const isVlan = open.at(-1) === 'vlan';
  if (element === 'if') {
    Object.assign(draft, isVlan ? { parent: value } : { name: value }, { row: draft.row ?? row });
  } else if (element === 'vlanif') Object.assign(draft, { name: value, row: draft.row ?? row });
  else if (element === 'tag' && /^\d{1,4}$/.test(value)) draft.vlan = Number(value);
  else if (element === 'enable') draft.up = true;
  else if (element === 'ipaddr' && value !== '') draft.asks = /^\d/.test(value) ? 'static' : 'autoconf';
}

function sayDraft({ name, parent, vlan, row, asks, up }: Draft, notes: Notes): void {
  if (!row) return;
  const id = name ?? (parent && vlan !== undefined ? `${parent}.${vlan}` : undefined);
  if (id) notes.say('interfaceFile', id, { path: PATH, parent, vlan, asks, up }, row);
}
