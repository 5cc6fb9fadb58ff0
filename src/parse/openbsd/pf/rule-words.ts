import type { Things } from '../../../model/sighting.ts';

type Says = Partial<Things['pfRule']>;
type Draft = { -readonly [P in keyof Says]: Says[P] };
type Words = { readonly list: readonly string[]; at: number };

/**
 * One rule of PF, its macros put in: `block drop in log quick on tap0 inet proto udp from any to any port = 67`.
 * Order of words as in sbin/pfctl/pfctl_parser.c print_rule() and pf.conf(5). Undefined for text that is no rule.
 */
export function readRule(text: string): Says | undefined {
  const words: Words = { list: tokensOf(text), at: 0 };
  const action = take(words);
  if (action !== 'pass' && action !== 'block' && action !== 'match') return undefined;
  const rule: Draft = { action, quick: false, log: false, isConditional: false };
  for (let word = take(words); word !== undefined; word = take(words)) readWord(word, words, rule);
  return rule;
}

function readWord(word: string, words: Words, rule: Draft): void {
  if (word === 'in' || word === 'out') rule.direction = word;
  else if (word === 'quick') rule.quick = true;
  else if (word === 'log') {
    rule.log = true;
    if (peek(words)?.startsWith('(')) take(words);
  } else if (word === 'on') rule.on = takeList(words);
  else if (word === 'inet' || word === 'inet6') rule.family = word;
  else if (word === 'proto') rule.proto = takeList(words);
  else if (word === 'from' || word === 'to') {
    if (peek(words) !== 'port') rule[word] = takeList(words);
    if (peek(words) === 'port') readPort(word === 'from' ? 'fromPort' : 'toPort', words, rule);
  } else if (word === 'port') readPort('toPort', words, rule);
  else if (word === 'nat-to') rule.natTo = takeList(words);
  else if (word === 'tag') rule.tag = take(words) ?? '';
  else if (CONDITIONS.has(word) || word === '!') rule.isConditional = true;
}

/** What narrows a rule in a way that is not weighed here. */
const CONDITIONS = new Set([
  'tagged',
  'user',
  'group',
  'os',
  'icmp-type',
  'icmp6-type',
  'received-on',
  'probability',
  'fragment',
  'once',
  'rdomain',
  'tos',
]);

function readPort(which: 'fromPort' | 'toPort', words: Words, rule: Draft): void {
  take(words);
  rule[which] = takeList(words);
}

/** `{ a, b }`, `! a`, `= 67`, `1024:65535`, `(em0)`, or one word. Negation and comparison stay with their word. */
function takeList(words: Words): string[] {
  const word = take(words);
  if (word === undefined) return [];
  if (word !== '{') return [withOperator(word, words)];
  const found: string[] = [];
  for (let next = take(words); next !== undefined && next !== '}'; next = take(words))
    found.push(withOperator(next, words));
  return found;
}

function withOperator(word: string, words: Words): string {
  if (word === '=') return take(words) ?? '';
  const next = /^(?:!|!=|<|<=|>|>=|rdomain)$/.test(word) ? take(words) : undefined;
  if (next !== undefined) return `${word}${word === 'rdomain' ? ' ' : ''}${next}`;
  const range = peek(words);
  // `port 1024 >< 2048`, `address - address`.
  if (range === '><' || range === '<>' || range === '-') return `${word}${take(words)}${take(words) ?? ''}`;
  return word;
}

function tokensOf(text: string): string[] {
  return text.match(/"[^"]{0,200}"|\([^)]{0,200}\)|[{}]|<[\w.-]{1,40}>|!=?(?=[\s\w(<])|[^\s{},"]+/g) ?? [];
}

function take(words: Words): string | undefined {
  const word = words.list[words.at];
  words.at++;
  return word?.startsWith('"') ? word.replaceAll('"', '') : word;
}

function peek(words: Words): string | undefined {
  return words.list[words.at];
}
