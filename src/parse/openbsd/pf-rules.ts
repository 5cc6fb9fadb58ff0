// Reads: the rules of PF: `pfctl -sr`, `-vsr`, `-vvsr` (with counters), `-a 'vm/*' -sr`, and /etc/pf.conf itself.
// Printed by: sbin/pfctl/pfctl_parser.c print_rule(), pfctl.c pfctl_print_rule_counters() (OpenBSD; 1.347 of 7.3); pf.conf(5).
// Fixtures: fixtures/outputs/openbsd-7.8/pfctl-*.txt, openbsd-7.3/pfctl-sr.txt, openbsd-7.8/pf.conf.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { takeNotes } from '../reading.ts';
import { joinWrapped } from './pf/rules-text.ts';
import { readRow, sayRuleset } from './pf/ruleset.ts';

// pf's own order of words; what follows `to` or `from` must look like an address, so that prose does not fit.
const ACTION =
  '(?:pass|match|block(?: (?:drop|return(?:-rst|-icmp6?)?(?: ?\\([^)]{1,40}\\))?))?)(?: (?:in|out))?(?: log(?: ?\\([^)]{1,60}\\))?)?(?: quick)?';
const WHERE =
  '(?: on (?:! ?)?(?:\\{[^}]{1,200}\\}|rdomain \\d{1,3}|[\\w$.<>()-]{1,64}))?(?: inet6?)?(?: proto (?:\\{[^}]{1,100}\\}|[\\w$-]{1,32}))?';
const ADDRESS =
  '(?:any|port |no-route|urpf-failed|self|egress|[!<({$"]|\\d{1,3}\\.|[\\da-f]{0,4}:|[\\w-]{1,32}:(?:network|broadcast|peer|0))';
const TAIL = `(?: all)?(?:(?: (?:from|to) ${ADDRESS})| (?:flags|keep state|modulate state|no state|nat-to|rdr-to|af-to|binat-to|divert-to|received-on|route-to|tag|tagged|set|scrub|label|queue|allow-opts|icmp6?-type|rtable|user|group|port)\\b| {0,40}[#\\\\{]|$)`;
const RULE = new RegExp(`^\\s{0,16}(?:@\\d{1,6} )?${ACTION}${WHERE}${TAIL}`);
/** `pass` or `block` alone is a rule too, but also a word. */
const FIRST = new RegExp(`^(?=\\s{0,16}\\S{1,12} \\S)${RULE.source}`);
const ANCHOR = /^\s{0,16}(?:@\d{1,6} )?(?:load )?anchor (?:"|out|in|on|quick|\{)/;
const SKIP = /^set skip on\b/;
/** FreeBSD numbers its scrub rules too, apart from the others. */
const NUMBERED = /^@\d{1,6} (?:pass|block|match|scrub)\b/;
const INTERFACE_MACRO = /^(?:ext|int|wan|lan)\w{0,30}\s{0,16}=\s{0,16}["{]/;
const MACRO = /^\s{0,16}([A-Za-z]\w{0,63})\s{0,16}=\s{0,16}(.{1,500})$/;
const OTHER =
  /^\s{0,16}(?:pass|block|match)$|^\s{0,16}(?:set (?:skip|timeout|limit|block-policy|state-policy|state-defaults|loginterface|optimization|ruleset-optimization|reassemble|hostid|debug|fingerprints|syncookies|require-order)\b|table <|antispoof (?:log|quick|for)\b|queue \w|include "|(?:@\d{1,6} )?scrub \w)/;
const COUNTERS = /^\s{0,4}\[ (?:Evaluations|Inserted|Skip steps|queue): .{0,200}\]$/;
const REST =
  /^\s{0,16}#|^\s{0,16}\}|^\s{1,40}(?:(?:to|from|port|proto|inet6?|flags|keep|modulate|nat-to|rdr-to|tag|tagged|set|queue|label) |[{("$!<\d])/;

export const pfRules: Parser = {
  kind: 'openbsd/pf-rules',
  title: 'rules of PF',
  commands:
    /^(?:\/sbin\/)?pfctl\s(?:.{0,80}\s)?-\w{0,6}s ?r|^(?:cat|less|more|head|tail) (?:\S{1,100} )?\S{0,100}pf[\w.-]{0,40}\.conf\b/,
  begins: any(FIRST, ANCHOR, SKIP, NUMBERED, INTERFACE_MACRO),
  continues: any(RULE, MACRO, OTHER, COUNTERS, REST),
  leads: any(/^#/, MACRO, OTHER),
  read: readPfRules,
};

function any(...choices: readonly RegExp[]): RegExp {
  return new RegExp(choices.map(({ source }) => `(?:${source})`).join('|'));
}

function readPfRules(rows: readonly Row[], command = ''): Reading {
  const notes = takeNotes();
  const [first] = rows;
  if (!first) return notes.done();
  const { sample, number } = first.at[0];
  const ruleset = { id: `${sample}:${number}`, macros: new Map<string, string>(), order: 0, open: [] };
  let hasUnread = false;
  for (const row of joinWrapped(rows)) {
    const isKnown = pfRules.begins.test(row.text) || pfRules.continues.test(row.text);
    if (!isKnown) notes.missed(row);
    else readRow(row, ruleset, notes);
    hasUnread ||= !isKnown || /^\s{0,16}include "/.test(row.text);
  }
  sayRuleset(rows, ruleset.id, command, hasUnread, notes);
  return notes.done();
}
