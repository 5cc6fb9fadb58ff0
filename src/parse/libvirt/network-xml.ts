// Reads: `virsh net-dumpxml`, /etc/libvirt/qemu/networks/NET.xml: bridge, kind of forwarding, DHCP; `virsh nwfilter-dumpxml`.
// Printed by: libvirt src/conf/network_conf.c, nwfilter_conf.c; formatnetwork.html, formatnwfilter.html. No <forward> means isolated.
// Fixtures: fixtures/outputs/libvirt-9.0/net-dumpxml*.txt, nwfilter-dumpxml.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';
import { type Tag, tagsOf } from './xml-tags.ts';

export const networkXml: Parser = {
  kind: 'libvirt/network-xml',
  title: 'virsh net-dumpxml',
  side: 'host',
  commands:
    /^(?:virsh\b.{0,120}\b(?:net-dumpxml|net-edit|nwfilter-dumpxml)\b|(?:cat|less|more)\b.{0,80}\/libvirt\/(?:qemu\/networks|nwfilter)\/[\w./+@-]{1,80}\.xml\b)/,
  begins: /^\s{0,60}<(?:network(?:\s(?:connections|ipv6|xmlns)|>)|filter name=)/,
  continues: /^\s{0,60}(?:<[/!?a-zA-Z]|[\w:.-]{1,40}=['"])/,
  read: readNetworkXml,
};

type Draft = { name: string; first?: Row; forward?: { mode: string; row: Row } };
type Filter = { name: string; includes: string[]; row: Row };

function readNetworkXml(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let draft: Draft = { name: '' };
  let filter: Filter | undefined;
  for (const tag of tagsOf(rows)) {
    if (tag.name === 'filter') filter = readFilter(filter, tag, notes);
    else if (tag.name === 'filterref') filter?.includes.push(tag.attributes.get('filter') ?? '');
    else if (tag.name === 'network' && tag.kind === 'start') draft = { name: '', first: tag.row };
    else if (tag.name === 'network' && tag.kind === 'end') endNetwork(draft, notes);
    else if (tag.kind !== 'end') readTag(draft, tag, notes);
  }
  for (const row of rows) if (!/[<>]/.test(row.text)) notes.missed(row);
  return notes.done();
}

/** Said when it ends: a filter that is cut may include more. */
function readFilter(open: Filter | undefined, tag: Tag, notes: Notes): Filter | undefined {
  if (tag.kind === 'start') return { name: tag.attributes.get('name') ?? '', includes: [], row: tag.row };
  if (open) notes.say('nwFilter', open.name, { includes: open.includes.filter(Boolean) }, open.row);
  return undefined;
}

function readTag(draft: Draft, tag: Tag, notes: Notes): void {
  if (tag.name === 'name' && draft.name === '' && /^[\w.+@-]{1,60}$/.test(tag.text)) {
    draft.name = tag.text;
    draft.first = tag.row;
  } else if (tag.name === 'forward') {
    draft.forward = { mode: tag.attributes.get('mode') ?? 'nat', row: tag.row };
  } else if (draft.name !== '') {
    const bridge = tag.name === 'bridge' ? tag.attributes.get('name') : undefined;
    const size = tag.name === 'mtu' ? tag.attributes.get('size') : undefined;
    const mtu = size !== undefined && /^\d{2,5}$/.test(size) ? Number(size) : undefined;
    const dhcp = tag.name === 'dhcp' ? true : undefined;
    if (bridge ?? mtu ?? dhcp) notes.say('virtualNetwork', draft.name, { bridge, mtu, dhcp }, tag.row);
  }
}

/** Only a description that was seen to its end shows that there is no <forward>. */
function endNetwork({ name, first, forward }: Draft, notes: Notes): void {
  const row = forward?.row ?? first;
  if (name !== '' && row) notes.say('virtualNetwork', name, { forward: forward?.mode ?? 'none' }, row);
}
