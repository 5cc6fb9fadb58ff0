import type { Row } from '../../model/line.ts';
import { fitsLinux, readFlags } from './interface-flags.ts';

/** A head line of any ifconfig: names that OpenBSD never gives, two blanks before the mtu (Linux). */
export const anyHead =
  /^([\w.-]{1,32}): flags=([0-9a-f]{1,16})<([A-Z0-9_,]{0,300})>(?: {1,2}(?:rdomain|metric|mtu) \d{1,6}){0,3}$/;

const LINUX =
  /^\s{0,40}(?:ether (?:[0-9a-f]{2}:){5}[0-9a-f]{2} {1,2}txqueuelen|loop {1,2}txqueuelen|unspec \S|RX (?:packets|errors)|TX (?:packets|errors)|inet \S{1,40} {2}netmask|inet6 \S{1,60} {2}prefixlen|device (?:interrupt|memory))/;

/** A row below such a head that only another system's ifconfig prints. Anchored. */
export const foreignRow = LINUX;

/** Every block that OpenBSD prints has one of these; other systems print none of them (`priority:` stands in others' bridges). */
export const OWN = /^\s{0,40}(?:lladdr |index \d|priority:? \d|llprio \d|encap: )/;

/**
 * Whose ifconfig printed each block, where it was not OpenBSD's: the head line is nearly alike on all of them.
 * A block without a sign of its own (`stf0: flags=0<> mtu 1280`) goes with the foreign ones around it.
 */
export function foreignSystems(blocks: readonly (readonly Row[])[]): (string | undefined)[] {
  const systems = blocks.map(([head, ...body]) => head && systemOf(head.text, body));
  const around = systems.find((system) => system !== undefined);
  return systems.map((system, index) => {
    const isOwn = blocks[index]?.some(({ text }) => OWN.test(text));
    return system ?? (isOwn ? undefined : around);
  });
}

function systemOf(head: string, body: readonly Row[]): string | undefined {
  const has = (sign: RegExp) => body.some(({ text }) => sign.test(text));
  const [, , digits = '', names = ''] = anyHead.exec(head) ?? [];
  const isDecimal = readFlags(digits, names).disagree.length > 0 && fitsLinux(digits, names);
  if (/> {2}mtu /.test(head) || isDecimal || has(LINUX)) return 'Linux';
  return undefined;
}
