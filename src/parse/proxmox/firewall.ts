// Reads: Proxmox VE's firewall files (/etc/pve/firewall/cluster.fw, VMID.fw, host.fw), `pve-firewall status`, and its log.
// Grammar: pve-firewall src/PVE/Firewall.pm, src/PVE/Service/pve_firewall.pm, pve-docs pve-firewall.adoc. Defaults: enable 0, macfilter 1, policy_in DROP.
// Fixtures: fixtures/outputs/proxmox-8.2/firewall*.txt, pve-firewall*.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import type { Things } from '../../model/sighting.ts';
import { type Notes, takeNotes } from '../reading.ts';

const SECTION = /^\[(OPTIONS|RULES|ALIASES|IPSET \S{1,40}|group \S{1,40}|IP_SETS)\](?: # ?.{0,120})?$/i;
const OPTION =
  /^(enable|macfilter|ipfilter|dhcp|ndp|radv|policy_(?:in|out|forward)|log_level_(?:in|out|forward)|ebtables|nf_conntrack\w{0,30}|nftables|nosmurfs|tcpflags|smurf_log_level|tcp_flags_log_level|log_ratelimit|protection_synflood\w{0,12}): {0,4}(\S.{0,80})$/;
const RULE = /^(\|)?(IN|OUT|FORWARD|GROUP) (\S{1,60})(?: (-.{1,300}))?(?: # ?.{0,200})?$/;
const STATUS = /^Status: (enabled|disabled)\/(running|stopped|unknown)(?: \(pending changes\))?$/;
const LOGGED =
  /^(\d{1,9}) \d ([\w-]{2,40}) \d\d\/[A-Z][a-z]{2}\/\d{4}:[\d:]{8} [+-]\d{4} (policy )?(DROP|REJECT|ACCEPT): (IN=.{1,600})$/;
const SETS =
  /^!?[\da-fA-F.:]{2,45}(?:\/\d{1,3})?(?: # ?.{0,120})?$|^[a-zA-Z][\w-]{1,40} [\da-fA-F.:]{3,45}(?:\/\d{1,3})?$/;

export const pveFirewall: Parser = {
  kind: 'proxmox/firewall',
  title: "Proxmox VE's firewall",
  side: 'host',
  commands:
    /^(?:\/usr\/sbin\/)?pve-firewall status\b|^(?:cat|less|more|head|tail)\b.{0,40}(?:\/pve\/(?:firewall|nodes\/[\w-]{1,40})\/\w{1,12}\.fw|\/pve-firewall\.log)\b/,
  begins: new RegExp(
    [/^\[(?:OPTIONS|RULES)\]$/, /^(?:macfilter|policy_in|ipfilter): \S/, STATUS, LOGGED]
      .map(({ source }) => source)
      .join('|'),
  ),
  continues: new RegExp([SECTION, OPTION, RULE, SETS].map(({ source }) => source).join('|'), 'i'),
  read: readFirewall,
};

type Options = Partial<Things['firewall']>;

function readFirewall(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const of = ownerOf(command, rows);
  const logged = new Map<string, { count: number; row: Row; match: RegExpExecArray }>();
  for (const row of rows) {
    const section = SECTION.exec(row.text)?.[1];
    const [, name, value = ''] = OPTION.exec(row.text) ?? [];
    const [, state, service] = STATUS.exec(row.text) ?? [];
    const log = LOGGED.exec(row.text);
    if (section !== undefined) {
      if (/^options$/i.test(section)) notes.say('firewall', of, { listed: true }, row);
    } else if (name !== undefined) notes.say('firewall', of, optionOf(name, value.trim()), row);
    else if (state !== undefined)
      notes.say('firewall', 'status', { enabled: state === 'enabled', running: service === 'running' }, row);
    else if (log) {
      const key = `${log[2]} ${log[3] ?? ''}${log[4]}`;
      logged.set(key, {
        count: (logged.get(key)?.count ?? 0) + 1,
        row: logged.get(key)?.row ?? row,
        match: log,
      });
    } else if (!sayRule(of, row, notes) && !SETS.test(row.text)) notes.missed(row);
  }
  for (const [key, { count, row, match }] of logged) sayLogged(key, count, match, row, notes);
  return notes.done();
}

/** The file's own name says whose it is: `107.fw`. */
function ownerOf(command: string, rows: readonly Row[]): string {
  const named = `${command} ${rows[0]?.at[0].sample ?? ''}`;
  return /(?:^|[/ ])(\d{1,9}|cluster|host)\.fw\b/.exec(named)?.[1] ?? '';
}

function optionOf(name: string, value: string): Options {
  const isOn = value === '1';
  if (name === 'enable') return { enabled: isOn };
  if (name === 'macfilter') return { macFilter: isOn };
  if (name === 'ipfilter') return { ipFilter: isOn };
  if (name === 'dhcp') return { dhcp: isOn };
  if (name === 'policy_in') return { policyIn: value.toUpperCase() };
  return name === 'policy_out' ? { policyOut: value.toUpperCase() } : {};
}

/** A `|` in front switches a rule off. */
function sayRule(of: string, row: Row, notes: Notes): boolean {
  const [, off, direction, action = '', options = ''] = RULE.exec(row.text) ?? [];
  if (direction === undefined) return false;
  const verdict = /(?:^|\()(DROP|REJECT)\)?$/.exec(action)?.[1];
  if (off !== undefined || verdict === undefined) return true;
  const index = /(?:^| )-i(?:face)? net(\d{1,2})\b/.exec(options)?.[1];
  const tap = index !== undefined && /^\d+$/.test(of) ? `tap${of}i${index}` : undefined;
  notes.say(
    'filterRule',
    `${of}.fw ${row.text.slice(0, 80)}`,
    { chain: `${of}.fw ${direction}`, action: 'drop', text: row.text, ...(tap && { interface: tap }) },
    row,
  );
  return true;
}

function sayLogged(key: string, count: number, match: RegExpExecArray, row: Row, notes: Notes): void {
  const [, , chain = '', policy, verdict, details = ''] = match;
  if (verdict === 'ACCEPT') return;
  const [tap] =
    /^(?:tap|veth)\d{1,9}i\d{1,2}/.exec(chain) ?? /\b(?:tap|veth)\d{1,9}i\d{1,2}\b/.exec(details) ?? [];
  const id = `${key} logged`;
  const action = policy ? 'policy-drop' : 'drop';
  notes.say('filterRule', id, { chain, action, text: row.text, ...(tap && { interface: tap }) }, row);
  notes.say('counter', `${id} filtered`, { of: id, counts: 'filtered', value: count }, row);
}
