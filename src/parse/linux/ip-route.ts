// Reads: `ip route`, `ip r`: destinations with their interface and gateway.
// Printed by: iproute2 ip/iproute.c. Fixtures: fixtures/outputs/linux-6.1/ip-route.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';

const ROW =
  /^(?:(?:unreachable|blackhole|broadcast|local|multicast|anycast) )?(default|[\da-f.:]{2,45}(?:\/\d{1,3})?)(?: via ([\da-f.:]{2,45}))? dev ([\w.@-]{1,20})((?: (?:table|proto|scope|src|metric|mtu|advmss|pref|error|expires|onlink|linkdown|dead|lock|congctl|\S{1,45})){0,20})\s{0,3}$/;

export const ipRoute: Parser = {
  kind: 'linux/ip-route',
  title: 'Linux ip route',
  commands:
    /^(?:\/(?:usr\/)?s?bin\/)?ip(?: netns exec \S{1,60} ip)?(?:\s{1,3}-\S{1,20}){0,6}\s{1,3}(?:r|ro|route)\b/,
  begins:
    /^(?:default via [\da-f.:]{2,45} dev [\w.@-]{1,20}|[\da-f.:]{2,45}\/\d{1,3} (?:via [\da-f.:]{2,45} )?dev [\w.@-]{1,20} (?:proto|scope|src|metric|linkdown))/,
  continues: ROW,
  read: readRoutes,
};

/** `linkdown` stands for a nexthop whose interface has no carrier. */
function readRoutes(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  if (rows[0]) notes.say('system', '', { os: 'linux' }, rows[0]);
  for (const row of rows) {
    const [, destination = '', gateway, name, words = ''] = ROW.exec(row.text) ?? [];
    if (name === undefined) {
      notes.missed(row);
      continue;
    }
    const isUp = !/ (?:linkdown|dead)(?: |$)/.test(words);
    notes.say('route', `${destination} ${name}`, { interface: name, gateway, isUp }, row);
  }
  return notes.done();
}
