import type { Row } from '../../../model/line.ts';
import type { Notes } from '../../reading.ts';
import { readRule } from './rule-words.ts';
import { expand, readMacro, withoutRemark } from './rules-text.ts';

/** What was read so far of rules that stand together. */
export type Ruleset = {
  readonly id: string;
  readonly macros: Map<string, string>;
  order: number;
  /** Blocks of anchors that are open: whether one has a condition of its own. */
  readonly open: boolean[];
  /** The id of the rule above: counters belong to it. */
  last?: string;
};

const PREFIX = /^\s{0,16}(?:@\d{1,6} )?/;
const COUNTERS = /^\s{0,8}\[ Evaluations: \d{1,20}\s{1,12}Packets: (\d{1,20})\s/;
const LOAD = /^load anchor (?:"([^"]{1,100})"|(\S{1,100})) from (?:"([^"]{1,200})"|(\S{1,200}))/;
const ANCHOR = /^anchor (?:"([^"]{0,100})" ?|(?!\{|in\b|out\b|on\b|quick\b|all\b)(\S{1,100}) ?)?(.{0,1000})$/;
const ANTISPOOF = /^antispoof (log )?(quick )?for (.{1,200})$/;

export function readRow(row: Row, ruleset: Ruleset, notes: Notes): void {
  if (readMacro(row.text, ruleset.macros)) return;
  const packets = COUNTERS.exec(row.text)?.[1];
  if (packets !== undefined && ruleset.last !== undefined)
    notes.say('pfRule', ruleset.last, { packets: Number(packets) }, row);
  if (packets !== undefined) return;
  if (/^\s{0,16}\}/.test(row.text)) ruleset.open.pop();
  const rule = expand(withoutRemark(row.text), ruleset.macros).replace(PREFIX, '').trim();
  if (sayLoad(rule, row, ruleset, notes) || sayAnchor(rule, row, ruleset, notes)) return;
  if (sayAntispoof(rule, row, ruleset, notes)) return;
  const says = readRule(rule);
  if (!says) return;
  say(says, row, ruleset, notes);
  // Told as written, once for each way of writing it.
  const [, to] = /\bnat-to (\{[^}]{1,200}\}|\S{1,100})/.exec(rule) ?? [];
  const [, on] = / on ((?:! ?)?(?:\{[^}]{1,200}\}|rdomain \d{1,3}|\S{1,64}))/.exec(rule) ?? [];
  const [, from = 'any'] = / from ((?:! ?)?(?:\{[^}]{1,200}\}|\S{1,100}))/.exec(rule) ?? [];
  if (to) notes.say('natRule', withoutRemark(row.text).replace(PREFIX, '').trim(), { on, from, to }, row);
}

type Says = NonNullable<ReturnType<typeof readRule>>;

function say(says: Says, row: Row, ruleset: Ruleset, notes: Notes): void {
  const { sample, number } = row.at[0];
  const order = ruleset.order++;
  ruleset.last = `${sample}:${number}`;
  const isInside = {
    ...(ruleset.open.length > 0 && { isInside: true }),
    ...(ruleset.open.includes(true) && { isConditional: true }),
  };
  notes.say('pfRule', ruleset.last, { ruleset: ruleset.id, order, ...says, ...isInside }, row);
}

/** pf.conf(5): the path is a file's name; nothing in it is a pattern (sbin/pfctl/parse.y opens it as it is). */
function sayLoad(rule: string, row: Row, ruleset: Ruleset, notes: Notes): boolean {
  const [, quoted, bare, quotedPath, path] = LOAD.exec(rule) ?? [];
  const anchor = quoted ?? bare;
  if (anchor === undefined) return false;
  say({ action: 'load-anchor', anchor, path: quotedPath ?? path ?? '' }, row, ruleset, notes);
  return true;
}

/** `anchor "vm/*" all`; its rules may follow in braces. */
function sayAnchor(rule: string, row: Row, ruleset: Ruleset, notes: Notes): boolean {
  const [, quoted, bare, rest = ''] = ANCHOR.exec(rule) ?? [];
  if (!/^anchor\b/.test(rule)) return false;
  const { action, isConditional, log, ...where } = readRule(`pass ${rest.replace(/\{.*$/, '')}`) ?? {};
  const isShown = rest.endsWith('{');
  say({ ...where, action: 'anchor', anchor: quoted ?? bare ?? '', isShown }, row, ruleset, notes);
  if (isShown) ruleset.open.push(isConditional === true || Object.keys(where).length > MIN_WORDS);
  return true;
}

/** `action` and `quick` are always there. */
const MIN_WORDS = 1;

/** pf.conf(5): `antispoof for vether0` blocks what comes in elsewhere from vether0's network. */
function sayAntispoof(rule: string, row: Row, ruleset: Ruleset, notes: Notes): boolean {
  const [, log, quick, names = ''] = ANTISPOOF.exec(rule) ?? [];
  if (names === '') return false;
  const on = names
    .replace(/[{},]/g, ' ')
    .split(/\s+/)
    .filter((name) => /^[a-z]+\d*$/.test(name));
  for (const name of on.slice(0, 1)) {
    const says = {
      action: 'block',
      direction: 'in',
      quick: quick !== undefined,
      log: log !== undefined,
    } as const;
    say({ ...says, on: [`!${name}`], from: on.map((one) => `${one}:network`) }, row, ruleset, notes);
  }
  return true;
}

const OF_PFCTL =
  /^\s{0,16}@\d|^\s{0,8}\[ Evaluations|^block (?:drop|return) (?:in |out )?(?:log )?(?:quick )?(?:on \S+ )?(?:inet6? )?(?:all|from)\b|^pass .{0,200}\bflags S\/SA\b|\bround-robin\b/;
const OF_FILE = /^\s{0,16}(?:set |table |load anchor|include |antispoof |#|\w{1,64}\s{0,16}=)|\$\w/;
const SKIP = /^\s{0,16}set skip on (\{[^}]{1,200}\}|\S{1,64})/;

export function sayRuleset(
  rows: readonly Row[],
  id: string,
  command: string,
  hasUnread: boolean,
  notes: Notes,
): void {
  const [first] = rows;
  if (!first) return;
  const isOfPfctl = /^(?:\/sbin\/)?pfctl\b/.test(command) || rows.some(({ text }) => OF_PFCTL.test(text));
  const isFile = rows.some(({ text }) => OF_FILE.test(text));
  const isFiltered = /\|\s*(?:grep|egrep|awk|sed)\b/.test(command);
  const isLoaded = isFile ? false : isOfPfctl ? true : undefined;
  const anchor = /-\w{0,6}a ?(?:'([^']{1,100})'|"([^"]{1,100})"|(\S{1,100}))/
    .exec(command)
    ?.slice(1)
    .find(Boolean);
  const whole = { isLoaded, hasUnread: hasUnread || isFiltered, anchor: anchor ?? '' };
  notes.say('pfRuleset', id, whole, first);
  for (const row of rows) {
    const skip = SKIP.exec(row.text)?.[1]?.replace(/[{},]/g, ' ').split(/\s+/).filter(Boolean);
    if (skip) notes.say('pfRuleset', id, { skip }, row);
  }
}
