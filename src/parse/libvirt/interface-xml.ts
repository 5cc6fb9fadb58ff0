import type { Row } from '../../model/line.ts';
import type { Things } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';
import type { Override } from './domain-override.ts';
import type { Tag } from './xml-tags.ts';

type Says = Partial<Things['vmNic']>;

/** One <interface> of a domain while it is read. */
export type InterfaceDraft = {
  readonly tag: Tag;
  readonly order: number;
  readonly said: { says: Says; row: Row }[];
  readonly vlans: { id: number; isNative: boolean; row: Row }[];
  alias?: string | undefined;
  mac?: string | undefined;
  tap?: string | undefined;
  hasLink: boolean;
  isTrunk: boolean;
  isWhole: boolean;
};

export function newInterface(tag: Tag, order: number): InterfaceDraft {
  const draft: InterfaceDraft = {
    tag,
    order,
    said: [],
    vlans: [],
    hasLink: false,
    isTrunk: false,
    isWhole: false,
  };
  const type = tag.attributes.get('type') ?? '';
  say(draft, { backend: type === 'vhostuser' ? 'vhost-user' : type }, tag.row);
  return draft;
}

/** Elements below <interface>; formatdomain.html, "Network interfaces". */
export function readInterfaceTag(draft: InterfaceDraft, tag: Tag): void {
  if (tag.kind === 'end') return;
  const get = (name: string) => tag.attributes.get(name);
  const { row } = tag;
  if (tag.name === 'mac') readMac(draft, get('address'), row);
  else if (tag.name === 'source') readSource(draft, tag);
  else if (tag.name === 'model') say(draft, { model: get('type') }, row);
  else if (tag.name === 'mtu') say(draft, { mtu: numberOf(get('size')) }, row);
  else if (tag.name === 'filterref') readFilter(draft, get('filter'), row);
  else if (tag.name === 'alias') {
    draft.alias = get('name');
    // Saved XML has aliases that somebody chose (ua-...), no others.
    if (/^net\d{1,2}$/.test(draft.alias ?? '')) markLive(draft, row);
  } else if (tag.name === 'driver') readDriver(draft, tag);
  else if (tag.name === 'host' || tag.name === 'guest') readOffloads(draft, tag);
  else if (tag.name === 'vlan') draft.isTrunk = get('trunk') === 'yes';
  else if (tag.name === 'tag') readVlan(draft, tag);
  else if (tag.name === 'link') {
    draft.hasLink = true;
    say(draft, { linkDown: get('state') === 'down' }, row);
  } else if (tag.name === 'target') {
    draft.tap = get('dev');
    say(draft, { tap: draft.tap }, row);
    // virDomainNetDefFormat() leaves names that libvirt made out of the saved XML.
    if (/^(?:vnet|macvtap)\d{1,5}$/.test(draft.tap ?? '')) markLive(draft, row);
  }
}

/** The running VM's XML. */
export function markLive(draft: InterfaceDraft, row: Row): void {
  say(draft, { isLive: true }, row);
}

/** All that was read of it; a block that was seen to its end and names no link state has the link up. */
export function sayInterface(
  draft: InterfaceDraft,
  vm: string,
  overrides: readonly Override[],
  notes: Notes,
): void {
  const id = `libvirt ${vm}/${draft.mac ?? draft.tap ?? `#${draft.order}`}`;
  const index = numberOf(/^(?:ua-)?net(\d{1,2})$/.exec(draft.alias ?? '')?.[1]) ?? draft.order;
  const absent = draft.isWhole && !draft.hasLink ? { linkDown: false } : {};
  notes.say('vmNic', id, { vm: vm || undefined, manager: 'libvirt', index, ...absent }, draft.tag.row);
  for (const { says, row } of draft.said) notes.say('vmNic', id, says, row);
  sayVlans(draft, id, notes);
  for (const { property, value, row } of overrides) {
    if (property === 'event_idx') notes.say('vmNic', id, { eventIdx: isOn(value) }, row);
    if (property === 'csum') notes.say('vmNic', id, { checksum: isOn(value) }, row);
    if (property === 'host_tso4') notes.say('vmNic', id, { tso: isOn(value) }, row);
    if (property === 'vectors') notes.say('vmNic', id, { vectors: numberOf(value) }, row);
  }
}

function say(draft: InterfaceDraft, says: { [P in keyof Says]?: Says[P] | undefined }, row: Row): void {
  const told = Object.fromEntries(Object.entries(says).filter(([, value]) => value !== undefined));
  if (Object.keys(told).length > 0) draft.said.push({ says: told, row });
}

function readMac(draft: InterfaceDraft, address: string | undefined, row: Row): void {
  if (address === undefined || !/^(?:[\da-f]{2}:){5}[\da-f]{2}$/i.test(address)) return;
  draft.mac = address.toLowerCase();
  say(draft, { mac: draft.mac }, row);
}

/** `dev` names the interface below a macvtap; an Open vSwitch bridge looks like any other here. */
function readSource(draft: InterfaceDraft, { attributes, row }: Tag): void {
  const socket = attributes.get('type') === 'unix' ? attributes.get('path') : undefined;
  say(
    draft,
    {
      bridge: attributes.get('bridge'),
      network: attributes.get('network'),
      parent: attributes.get('dev'),
      socket,
    },
    row,
  );
}

/** libvirt's own filters, src/nwfilter/xml: clean-traffic includes no-mac-spoofing and no-ip-spoofing. */
function readFilter(draft: InterfaceDraft, filter: string | undefined, row: Row): void {
  if (filter === undefined) return;
  const isClean = /^clean-traffic(?:-gateway)?$/.test(filter);
  const macGuard = isClean || filter === 'no-mac-spoofing' ? true : undefined;
  const addressGuard = isClean || /^no-ip(?:v6)?-spoofing$/.test(filter) ? true : undefined;
  say(draft, { filter, macGuard, addressGuard }, row);
}

function readDriver(draft: InterfaceDraft, { attributes, row }: Tag): void {
  const name = attributes.get('name');
  const eventIdx = attributes.get('event_idx');
  say(
    draft,
    {
      vhost: name === 'vhost' ? true : name === 'qemu' ? false : undefined,
      queues: numberOf(attributes.get('queues')),
      queueSize: numberOf(attributes.get('rx_queue_size')),
      eventIdx: eventIdx === undefined ? undefined : isOn(eventIdx),
    },
    row,
  );
}

/** <host> is what the guest may hand over, <guest> what it may be given. */
function readOffloads(draft: InterfaceDraft, { name, attributes, row }: Tag): void {
  const csum = attributes.get('csum');
  const tso = attributes.get('tso4');
  if (name === 'host' && csum !== undefined) say(draft, { checksum: isOn(csum) }, row);
  if (name === 'host' && tso !== undefined) say(draft, { tso: isOn(tso) }, row);
}

function readVlan(draft: InterfaceDraft, { attributes, row }: Tag): void {
  const id = numberOf(attributes.get('id'));
  const native = attributes.get('nativeMode');
  if (id !== undefined) draft.vlans.push({ id, isNative: native === 'untagged', row });
}

/** One tag is an access port, several or trunk='yes' a trunk, in which one may go untagged. */
function sayVlans({ vlans, isTrunk }: InterfaceDraft, id: string, notes: Notes): void {
  const [first] = vlans;
  if (!first) return;
  if (!isTrunk && vlans.length === 1) return notes.say('vmNic', id, { tag: first.id }, first.row);
  const trunks = vlans.map((vlan) => vlan.id).join(';');
  notes.say('vmNic', id, { trunks }, first.row);
  const native = vlans.find(({ isNative }) => isNative);
  if (native) notes.say('vmNic', id, { tag: native.id }, native.row);
}

function isOn(value: string): boolean {
  return !/^(?:off|no|false|0)$/.test(value);
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
