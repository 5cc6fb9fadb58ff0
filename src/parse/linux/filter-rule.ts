// Reads: one rule of iptables (-L or -S), ebtables or nft: what it does, where, to what, and how often it did.
// Printed by: iptables iptables.c, iptables-save.c; ebtables useful_functions.c, ebtables.c (-L --Lc); nftables src/rule.c, src/statement.c.
// fixtures/outputs/linux-6.1/: iptables*.txt, nft-ruleset*.txt, ebtables*.txt.

import type { Things } from '../../model/sighting.ts';
import { wholeMac } from '../whole-mac.ts';

type FilterRule = Partial<Things['filterRule']>;

/** `pkts bytes target prot opt in out source destination ...`, the first two only with -v. */
export const LISTED =
  /^\s{0,8}(?:\d{1,5}\s{1,6})?(?:(\d{1,12})[KMG]?\s{1,8}\d{1,15}[KMG]?\s{1,8})?([A-Za-z][\w.-]{1,30})\s{1,12}(?:all|tcp|udp|icmp|\d{1,3}|ipv6-icmp|icmpv6)\s{1,5}(?:--|-f|!f)?\s{1,8}(?:(\S{1,16})\s{1,8}(\S{1,16})\s{1,8})?!?[\w./:*-]{1,50}\s{1,20}!?[\w./:*-]{1,50}(?:\s.{0,200})?$/;
export const SAVED_RULE = /^(?:\[(\d{1,15}):\d{1,15}\] )?-A ([\w.-]{1,40})(?: .{1,400})?$/;
export const EBTABLES_RULE =
  /^(?:\d{1,5}\. )?(?=-[a-zA-Z-]{1,20} )-.{1,300} -j [\w-]{1,40}(?:\s.{0,80})?$|^-j [\w-]{1,40}(?: , pcnt = \d{1,15} -- bcnt = \d{1,18})?$/;
export const NFT_RULE =
  /^\s{1,16}\S.{0,300}?\b(accept|drop|reject|return|jump \S{1,40}|masquerade|snat|xt target \S{1,20}|counter)\b.{0,200}$/;

const DROPS = /^(?:DROP|REJECT)$/i;
const MAC = '(?:[0-9A-Fa-f]{1,2}:){5}[0-9A-Fa-f]{1,2}';
/** Only this sender passes: all others are dropped. */
const NOT_FROM = new RegExp(
  `(?:! ?--mac-source|--mac-source !|ether saddr !=|-s !|! -s|MAC ?! ?|MAC !) ?(${MAC})(?:[/\\s]|$)`,
);

/** A rule, its text without counters, and how many packets it hit, where that is told. */
export type FilterRuleFound = {
  readonly rule: FilterRule;
  readonly name: string;
  readonly packets: string | undefined;
};

type Raw = { readonly rule: FilterRule; readonly packets: string | undefined };

/** Undefined where the row is no rule; an empty action where it drops and translates nothing. */
export function filterRuleIn(text: string, chain: string): FilterRuleFound | undefined {
  const raw = listed(text, chain) ?? saved(text) ?? ebtables(text, chain) ?? nft(text, chain);
  if (!raw) return undefined;
  const { rule, packets } = raw;
  const mac = NOT_FROM.exec(text)?.[1];
  const owner = rule.interface ?? interfaceOf(rule.chain ?? '') ?? interfaceIn(text);
  const whole = {
    ...rule,
    text: text.trim(),
    ...(mac !== undefined && { onlyFrom: wholeMac(mac) }),
    ...(owner !== undefined && { interface: owner }),
  };
  return { rule: whole, name: rule.action === 'checksum-fill' ? rule.action : nameOf(text), packets };
}

const COUNTERS =
  /^(?:\d{1,5}\s{1,6})?\d{1,12}[KMG]?\s{1,8}\d{1,15}[KMG]?\s{1,8}(?=[A-Z])|^\[\d{1,15}:\d{1,15}\] |, pcnt = .{1,60}$|counter packets \d{1,15} bytes \d{1,18} ?/g;

function nameOf(text: string): string {
  return text
    .trim()
    .replace(COUNTERS, '')
    .replace(/\s{1,40}/g, ' ')
    .trim()
    .slice(0, 100);
}

function listed(text: string, chain: string): Raw | undefined {
  const [, packets, target, from, to] = LISTED.exec(text) ?? [];
  if (target === undefined) return undefined;
  return { rule: { chain, action: actionOf(target, text), ...ends(from, to) }, packets };
}

function saved(text: string): Raw | undefined {
  const [, packets, chain] = SAVED_RULE.exec(text) ?? [];
  if (chain === undefined) return undefined;
  const target = / -j (\S{1,40})/.exec(text)?.[1] ?? '';
  const from = / -i (\S{1,16})/.exec(text)?.[1];
  const to = / -o (\S{1,16})/.exec(text)?.[1];
  const rule = { chain, action: actionOf(target, text), ...ends(from, to) };
  return { rule, packets: packets ?? / -c (\d{1,15}) \d/.exec(text)?.[1] };
}

function ebtables(text: string, chain: string): Raw | undefined {
  if (!EBTABLES_RULE.test(text)) return undefined;
  const target = /(?:^| )-j ([\w-]{1,40})/.exec(text)?.[1] ?? '';
  const from = /(?:^| )-i (\S{1,16})/.exec(text)?.[1];
  const rule = { chain, action: actionOf(target, text), ...ends(from, undefined) };
  return { rule, packets: /pcnt = (\d{1,15})/.exec(text)?.[1] };
}

function nft(text: string, chain: string): Raw | undefined {
  if (!NFT_RULE.test(text)) return undefined;
  const verdict = NFT_VERDICT.exec(text)?.[1] ?? '';
  const from = /iif(?:name)? "?([\w.-]{1,16})"?/.exec(text)?.[1];
  const to = /oif(?:name)? "?([\w.-]{1,16})"?/.exec(text)?.[1];
  const rule = { chain, action: actionOf(verdict, text), ...ends(from, to) };
  return { rule, packets: /counter packets (\d{1,15}) bytes/.exec(text)?.[1] };
}

const NFT_VERDICT =
  /\b(drop|reject|masquerade|snat)\b(?: (?:to|with|comment) .{1,120})?(?: # handle \d{1,6})?$/;

function actionOf(target: string, text: string): string {
  if (/CHECKSUM/.test(text) && /dpt:68|--dport 68|dport 68|xt target/.test(text)) return 'checksum-fill';
  if (DROPS.test(target)) return 'drop';
  return /^(?:MASQUERADE|SNAT)$/i.test(target) ? 'translate' : '';
}

function ends(from: string | undefined, to: string | undefined): FilterRule {
  return { ...(isName(from) && { interface: from }), ...(isName(to) && { to }) };
}

function isName(name: string | undefined): name is string {
  return name !== undefined && name !== '*' && name !== '';
}

/** Proxmox VE's `tap107i1-OUT`, libvirt's `libvirt-I-vnet5`, `I-vnet5-mac`, `FI-vnet5`: chains of one port. */
function interfaceOf(chain: string): string | undefined {
  return (
    /^((?:tap|veth)\d{1,9}i\d{1,2})-(?:IN|OUT)$/.exec(chain)?.[1] ??
    /^(?:libvirt-)?(?:[IO]|F[IO]|HI)-(vnet\d{1,5})(?:-\S{1,20})?$/.exec(chain)?.[1]
  );
}

function interfaceIn(text: string): string | undefined {
  return (
    /--physdev-(?:in|out) (\S{1,16})/.exec(text)?.[1] ??
    /PHYSDEV match .{0,40}--physdev-(?:in|out) (\S{1,16})/.exec(text)?.[1]
  );
}
