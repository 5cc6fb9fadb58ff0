// Reads: `virsh dumpxml` (live or --inactive), /etc/libvirt/qemu/VM.xml, or just the <interface> blocks: NICs, VM, QEMU's overrides.
// Printed by: libvirt src/conf/domain_conf.c virDomainNetDefFormat(), 1 to 11; formatdomain.html. No <link> means up.
// Fixtures: fixtures/outputs/libvirt-9.0/dumpxml.txt, interface-*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { type Override, overridesOf } from './domain-override.ts';
import {
  type InterfaceDraft,
  markLive,
  newInterface,
  readInterfaceTag,
  sayInterface,
} from './interface-xml.ts';
import { type Tag, tagsOf } from './xml-tags.ts';

export const domainXml: Parser = {
  kind: 'libvirt/domain-xml',
  title: 'virsh dumpxml',
  side: 'host',
  commands:
    /^(?:virsh\b.{0,120} (?:dumpxml|edit)\b|(?:cat|less|more|head|grep)\b.{0,80}\/libvirt\/qemu\/[\w.+@-]{1,80}\.xml\b)/,
  // An interface with a name is the host's own: `virsh iface-dumpxml`.
  begins: /^\s{0,60}<(?:domain(?:\s|>)|(?:domain)?snapshot>|interface type=['"][\w-]{3,20}['"](?! name=))/,
  continues: /^\s{0,60}(?:<[/!?a-zA-Z]|[\w:.-]{1,40}=['"]|[^<>]{0,200}<\/[a-z])|^--$/,
  read: readDomainXml,
};

type Domain = { vm: string; interfaces: InterfaceDraft[]; args: { text: string; row: Row }[] };

function readDomainXml(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const tags = tagsOf(rows);
  const domain: Domain = { vm: vmIn(command), interfaces: [], args: [] };
  const overrides = overridesOf(tags);
  let parent = '';
  let current: InterfaceDraft | undefined;
  let live: Row | undefined;
  for (const tag of tags) {
    if (tag.name === 'interface' && tag.kind === 'start' && isOfGuest(tag)) {
      current = newInterface(tag, domain.interfaces.length);
      domain.interfaces.push(current);
    } else if (tag.name === 'interface' && tag.kind === 'end') {
      if (current) current.isWhole = true;
      current = undefined;
    } else if (current) readInterfaceTag(current, tag);
    else if (!readDomainTag(domain, parent, tag, notes)) continue;
    // Only a running VM has a number.
    if (tag.name === 'domain' && /^\d{1,6}$/.test(tag.attributes.get('id') ?? '')) live = tag.row;
    parent = tag.kind === 'start' ? tag.name : parent;
  }
  const args = domain.args.map(({ text }) => text).join(' ');
  const first = domain.args[0];
  if (first && domain.vm !== '') notes.say('vm', domain.vm, { args }, first.row);
  for (const one of domain.interfaces) if (live) markLive(one, live);
  for (const one of domain.interfaces) sayInterface(one, domain.vm, overrideOf(one, overrides), notes);
  missOthers(rows, notes);
  return notes.done();
}

/** `virsh dumpxml web`, `virsh -c URI dumpxml --inactive web`, /etc/libvirt/qemu/web.xml. */
function vmIn(command: string): string {
  const [, words = ''] = /\b(?:dumpxml|edit)((?: \S{1,80}){1,4})/.exec(command) ?? [];
  const typed = words
    .split(' ')
    .find((word) => /^[\w.+@][\w.+@-]{0,79}$/.test(word) && !/^\d{1,4}$/.test(word));
  return typed ?? /\/libvirt\/qemu\/([\w.+@-]{1,80})\.xml\b/.exec(command)?.[1] ?? '';
}

function readDomainTag(domain: Domain, parent: string, tag: Tag, notes: Notes): boolean {
  const isTop = /^(?:domain|inactiveDomain)$/.test(parent);
  if (tag.name === 'name' && tag.kind === 'start' && isTop && /^[\w.+@-]{1,80}$/.test(tag.text)) {
    domain.vm = tag.text;
    notes.say('vm', tag.text, { name: tag.text, manager: 'libvirt' }, tag.row);
    return false;
  }
  const machine = tag.name === 'type' ? tag.attributes.get('machine') : undefined;
  if (machine !== undefined && domain.vm !== '') notes.say('vm', domain.vm, { machine }, tag.row);
  const arg = tag.name === 'qemu:arg' ? tag.attributes.get('value') : undefined;
  if (arg !== undefined) domain.args.push({ text: arg, row: tag.row });
  return tag.kind === 'start';
}

function isOfGuest({ attributes }: Tag): boolean {
  return attributes.has('type') && !attributes.has('name');
}

function overrideOf(draft: InterfaceDraft, overrides: ReadonlyMap<string, Override[]>): readonly Override[] {
  return overrides.get(draft.alias ?? '') ?? [];
}

/** Inside a document every row with a tag is accounted for, whether its element matters here or not. */
function missOthers(rows: readonly Row[], notes: Notes): void {
  for (const row of rows) {
    if (!/[<>]/.test(row.text) && !domainXml.continues.test(row.text)) notes.missed(row);
  }
}
