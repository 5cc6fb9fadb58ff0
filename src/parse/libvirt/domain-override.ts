import type { Row } from '../../model/line.ts';
import type { Tag } from './xml-tags.ts';

export type Override = { readonly property: string; readonly value: string; readonly row: Row };

/** <qemu:override>: properties that libvirt hands to QEMU's device with this alias as they are (libvirt 8.2). */
export function overridesOf(tags: readonly Tag[]): ReadonlyMap<string, Override[]> {
  const overrides = new Map<string, Override[]>();
  let alias = '';
  for (const tag of tags) {
    if (tag.name === 'qemu:device') alias = tag.kind === 'start' ? (tag.attributes.get('alias') ?? '') : '';
    const property = tag.attributes.get('name');
    const value = tag.attributes.get('value');
    if (tag.name !== 'qemu:property' || alias === '' || property === undefined || value === undefined)
      continue;
    const list = overrides.get(alias) ?? [];
    list.push({ property, value, row: tag.row });
    overrides.set(alias, list);
  }
  return overrides;
}
