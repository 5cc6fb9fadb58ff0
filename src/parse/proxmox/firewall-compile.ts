// Reads: `pve-firewall compile`: the chains that it makes, each with its rules, and whether the kernel has them.
// Printed by: pve-firewall src/PVE/Service/pve_firewall.pm (compile), src/PVE/Firewall.pm get_ruleset_status() with verbose.
// Fixtures: fixtures/outputs/proxmox-8.2/pve-firewall-compile.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { filterRuleIn } from '../linux/filter-rule.ts';
import { takeNotes } from '../reading.ts';

const TITLE = /^(?:ipset|ip6?tables|ebtables) cmdlist:$/;
const CHAIN = /^(create|exists|update|delete) ([\w.-]{1,60}) \([\w+/=]{20,60}\)$/;
const RULE = /^\s{1,8}-A [\w.-]{1,60}(?: .{1,400})?$/;
const SET = /^\s{1,8}(?:create|add) [\w.-]{1,40} .{1,120}$|^table: \w{2,10}$/;
const END = /^(?:no changes|detected changes|firewall disabled)$/;

export const firewallCompile: Parser = {
  kind: 'proxmox/firewall-compile',
  title: 'pve-firewall compile',
  side: 'host',
  commands: /^(?:\/usr\/sbin\/)?pve-firewall compile\b/,
  begins: new RegExp(`${TITLE.source}|${CHAIN.source}`),
  continues: new RegExp([RULE, SET, END].map(({ source }) => source).join('|')),
  read: readCompiled,
};

/** What is still to be made or changed is not in force. */
function readCompiled(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  let chain = '';
  let isInForce = false;
  for (const row of rows) {
    const [, state, name] = CHAIN.exec(row.text) ?? [];
    if (name !== undefined) {
      chain = name;
      isInForce = state === 'exists';
    } else if (RULE.test(row.text)) {
      const found = isInForce ? filterRuleIn(row.text.trim(), chain) : undefined;
      if (found && (found.rule.action !== '' || found.rule.onlyFrom !== undefined))
        notes.say('filterRule', `${chain} ${found.name}`, found.rule, row);
    } else if (row.text === 'firewall disabled') notes.say('firewall', 'cluster', { enabled: false }, row);
    else if (!TITLE.test(row.text) && !SET.test(row.text) && !END.test(row.text)) notes.missed(row);
  }
  return notes.done();
}
