// Reads: the rules of PF: `pfctl -sr`, `-vsr`, `-vvsr` (with counters), `-a 'vm/*' -sr`, and /etc/pf.conf itself.
// Printed by: sbin/pfctl/pfctl_parser.c print_rule(), pfctl.c pfctl_print_rule_counters() (OpenBSD; 1.347 of 7.3); pf.conf(5).
// Fixtures: fixtures/outputs/openbsd-7.8/pfctl-*.txt, openbsd-7.3/pfctl-sr.txt, openbsd-7.8/pf.conf.txt.

import type { Row } from '../../model/line.ts';
import type { Parser, Reading } from '../../model/sample.ts';
import { type Notes, takeNotes } from '../reading.ts';

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
const NUMBERED = /^@\d{1,6} (?:pass|block|match)\b/;
const INTERFACE_MACRO = /^(?:ext|int|wan|lan)\w{0,30}\s{0,16}=\s{0,16}["{]/;
const MACRO = /^\s{0,16}([A-Za-z]\w{0,63})\s{0,16}=\s{0,16}(.{1,500})$/;
const OTHER =
  /^\s{0,16}(?:pass|block|match)$|^\s{0,16}(?:set (?:skip|timeout|limit|block-policy|state-policy|state-defaults|loginterface|optimization|ruleset-optimization|reassemble|hostid|debug|fingerprints|syncookies|require-order)\b|table <|antispoof (?:log|quick|for)\b|queue \w|include "|scrub \w)/;
const LONGEST_RULE = 4096;
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
  read: readPfRules,
};

function any(...choices: readonly RegExp[]): RegExp {
  return new RegExp(choices.map(({ source }) => `(?:${source})`).join('|'));
}

function readPfRules(rows: readonly Row[]): Reading {
  const notes = takeNotes();
  const macros = new Map<string, string>();
  for (const row of joinWrapped(rows)) {
    if (RULE.test(row.text)) sayNat(row, macros, notes);
    else if (!pfRules.begins.test(row.text) && !pfRules.continues.test(row.text)) notes.missed(row);
    const [, name, value = ''] = MACRO.exec(row.text) ?? [];
    if (name) macros.set(name, expand(withoutRemark(value).replace(/^"(.*)"$/, '$1'), macros));
  }
  return notes.done();
}

/** pf.conf(5): a line that ends in a backslash goes on in the next one. */
function joinWrapped(rows: readonly Row[]): Row[] {
  const joined: Row[] = [];
  let isOpen = false;
  for (const row of rows) {
    const last = joined.at(-1);
    if (isOpen && last && last.text.length < LONGEST_RULE) {
      const text = `${last.text.slice(0, -1).trimEnd()} ${row.text.trim()}`;
      joined[joined.length - 1] = { text, at: [...last.at, ...row.at] };
    } else joined.push(row);
    isOpen = row.text.endsWith('\\');
  }
  return joined;
}

/** `to` is the address that the source is translated to. */
function sayNat(row: Row, macros: ReadonlyMap<string, string>, notes: Notes): void {
  const rule = withoutRemark(row.text).replace(/^\s{0,16}(?:@\d{1,6} )?/, '');
  const [, to] = /\bnat-to (\{[^}]{1,200}\}|\S{1,100})/.exec(rule) ?? [];
  if (!to) return;
  const [, on] = / on ((?:! ?)?(?:\{[^}]{1,200}\}|rdomain \d{1,3}|\S{1,64}))/.exec(rule) ?? [];
  const [, from] = / from ((?:! ?)?(?:\{[^}]{1,200}\}|\S{1,100}))/.exec(rule) ?? [];
  const says = {
    on: on && expand(on, macros),
    from: from ? expand(from, macros) : 'any',
    to: expand(to, macros),
  };
  notes.say('natRule', rule.trim(), says, row);
}

function withoutRemark(text: string): string {
  const remark = text.indexOf('#');
  return (remark < 0 ? text : text.slice(0, remark)).trim();
}

/** Macros are put in where they were defined above; one that is not known stays as it is written. */
function expand(text: string, macros: ReadonlyMap<string, string>): string {
  return text.replace(/\$([A-Za-z]\w{0,63})/g, (whole, name) => macros.get(name) ?? whole).slice(0, 500);
}
