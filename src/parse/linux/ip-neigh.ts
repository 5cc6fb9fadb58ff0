// Reads: `ip neigh`, `ip -s neigh`: the neighbours' addresses, MACs and states.
// Printed by: iproute2 ip/ipneigh.c; captured with 6.1, where -s prints "0/0/0probes" without a blank.
// Fixtures: fixtures/outputs/linux-6.1/ip-neigh*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const ROW =
  /^([\da-f.:]{2,45}) dev ([\w.@-]{1,20})(?: lladdr ([\da-f:]{2,59}))?(?: router| proxy| extern_learn| managed| offload){0,4}\s{0,3}(?:ref \d{1,5} {0,2})?\s{0,2}(?:used \d{1,10}\/\d{1,10}\/\d{1,10}\s{0,3}(?:probes \d{1,6})?)?\s{0,3}((?:(?:REACHABLE|STALE|DELAY|PROBE|FAILED|INCOMPLETE|PERMANENT|NOARP|NONE|router)\s{0,2}){1,3})(?:proto \S{1,12}\s{0,3})?$/;

export const ipNeigh: Parser = {
  kind: 'linux/ip-neigh',
  title: 'Linux ip neigh',
  commands:
    /^(?:\/(?:usr\/)?s?bin\/)?ip(?: netns exec \S{1,60} ip)?(?:\s{1,3}-\S{1,20}){0,6}\s{1,3}(?:n|nei|neigh|neighbou?r)\b/,
  begins: ROW,
  continues: ROW,
  read: readNeighbours,
};

function readNeighbours(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const [, address, name, mac, states = ''] = ROW.exec(row.text) ?? [];
    if (address === undefined || name === undefined) {
      notes.missed(row);
      continue;
    }
    const state = states.trim().split(/\s+/).at(-1)?.toLowerCase();
    const own = mac !== undefined && /^(?:[\da-f]{2}:){5}[\da-f]{2}$/.test(mac) ? mac : undefined;
    // Two MACs of one address are two sightings: that is what a duplicate looks like.
    notes.say(
      'neighbor',
      `${address} ${own ?? ''}`.trim(),
      { interface: name, address, mac: own, state },
      row,
    );
  }
  return notes.done();
}
