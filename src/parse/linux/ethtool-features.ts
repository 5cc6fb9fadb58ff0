// Reads: the rows of `ethtool -k`: what is switched on, and what can be switched at all.
// Printed by: ethtool features.c; net/ethtool/common.c has the names. `rx-gro-hw` is what was `large-receive-offload` up to about 5.15.
// Fixtures: fixtures/outputs/linux-2.6/ethtool-k.txt, linux-6.1/ethtool-k*.txt.

import type { Row } from '../../model/line.ts';
import type { Offload } from '../../model/sighting.ts';
import type { Notes } from '../reading.ts';

export type Features = { on: Map<Offload, Row>; possible: Map<Offload, Row>; seen: Row[] };

export function emptyFeatures(): Features {
  return { on: new Map(), possible: new Map(), seen: [] };
}

const ROW =
  /^\s{0,8}([a-z][a-z0-9_-]{1,40}(?: [a-z-]{1,20}){0,3}): (on|off)(?: \[([a-z ]{1,30})\]| \(.{1,60}\))?$/;
const WORDS: Readonly<Record<string, readonly Offload[]>> = {
  'rx-checksumming': ['rx-checksum'],
  'tx-checksumming': ['tx-checksum'],
  'tcp-segmentation-offload': ['tso4', 'tso6'],
  'generic-segmentation-offload': ['gso'],
  'generic-receive-offload': ['gro'],
  'large-receive-offload': ['lro'],
  'rx-gro-hw': ['gro-hw'],
  'rx-vlan-filter': ['vlan-filter'],
  'tx-vlan-offload': ['vlan-tag'],
  // As 2.6 and older call them.
  'tcp segmentation offload': ['tso4', 'tso6'],
  'generic segmentation offload': ['gso'],
  'generic receive offload': ['gro'],
  'large receive offload': ['lro'],
};

export function readFeature(row: Row, features: Features): boolean {
  const [, name = '', state, remark = ''] = ROW.exec(row.text) ?? [];
  if (state === undefined) return false;
  const offloads = WORDS[name];
  if (offloads) features.seen.push(row);
  for (const offload of offloads ?? []) {
    if (state === 'on') features.on.set(offload, row);
    if (state === 'on' || !remark.includes('fixed')) features.possible.set(offload, row);
  }
  return true;
}

/** A listing without the rows that matter (grep) says nothing of what it lacks: only whole ones are told. */
export function sayFeatures(name: string, features: Features, notes: Notes): void {
  const [first] = features.seen;
  if (!first || features.seen.length < 4) return;
  const row = [...features.on.values()][0] ?? first;
  const at = row.at;
  notes.say('interface', name, { offloads: [...features.on.keys()] }, { text: row.text, at });
  notes.say('interface', name, { offloadsPossible: [...features.possible.keys()] }, row);
  // rx-gro-hw keeps to what can be cut again, so it is not told as LRO.
  const lro = features.on.get('lro');
  notes.say('interface', name, { lro: lro !== undefined }, lro ?? first);
}
