import type { Report } from '../model/report.ts';
import { replaceInPieces } from './pieces.ts';
import { blankPacketBytes } from './redact-bytes.ts';
import { bareMac } from './redact-mac.ts';
import { replaceAddresses } from './replace-addresses.ts';
import { mapStrings } from './sanitize.ts';
import { type StandIns, standInsFor } from './stand-ins.ts';

/**
 * Replaces addresses and names in the whole report, each real value always by the same stand-in that keeps its meaning.
 * The map (real value to stand-in) is for the user alone and is no part of the report.
 */
export function redact(report: Report): { report: Report; map: ReadonlyMap<string, string> } {
  const standIns = standInsFor(foreignTexts(report), ownWords(report));
  const map = new Map<string, string>();
  const count = {
    mac: new Set<string>(),
    ipv4: new Set<string>(),
    ipv6: new Set<string>(),
    name: new Set<string>(),
  };
  const note: Note = (kind, real, standIn) => {
    if (real === standIn) return;
    map.set(real, standIn);
    count[kind].add(kind === 'mac' ? bareMac(real) : real.toLowerCase());
  };
  const replace = replacer(standIns, note);
  let rows = 0;
  const changed = mapStrings(report, (text, key, holder) => {
    if (OUR_OWN.has(key)) return text;
    const blanked = blankPacketBytes(withoutColours(text));
    if ('origin' in holder) rows += blanked.rows;
    return replace(blanked.text);
  });
  const says = whatWasDone(
    { MAC: count.mac.size, IPv4: count.ipv4.size, IPv6: count.ipv6.size },
    count.name.size,
    rows,
  );
  const problems = [...changed.problems, { code: 'note' as const, says, at: [] }];
  return { report: { ...changed, problems, redacted: true }, map };
}

/** Words of closed lists and ids: a VM that is called as one of them must not change them. */
const OUR_OWN = new Set(
  [
    'program verdict complaint os link interrupts by state kind standing severity fault fact word settles probe fix purpose on side',
    'machine origin code missing taken outcome direction',
  ]
    .join(' ')
    .split(' '),
);

type Kind = 'mac' | 'ipv4' | 'ipv6' | 'name';
type Note = (kind: Kind, real: string, standIn: string) => void;

function replacer(standIns: StandIns, note: Note): (text: string) => string {
  const noted =
    (kind: Kind, change: (real: string, length?: number) => string) => (real: string, length?: number) => {
      const standIn = change(real, length);
      note(kind, real, standIn);
      return standIn;
    };
  const change = {
    mac: noted('mac', standIns.mac),
    ipv4: noted('ipv4', standIns.ipv4),
    ipv6: noted('ipv6', standIns.ipv6),
  };
  const name = noted('name', (real) => {
    const standIn = standIns.names.get(real.toLowerCase()) ?? real;
    return /[a-z]/.test(real) ? standIn : standIn.toUpperCase();
  });
  const names = [...standIns.names.keys()].sort((a, b) => b.length - a.length).map(literally);
  const pattern =
    names.length > 0 ? new RegExp(`(?<![A-Za-z0-9])(?:${names.join('|')})(?![A-Za-z0-9])`, 'gi') : undefined;
  return (text) => {
    const pieces = replaceAddresses(text, change, standIns.known);
    const all = pattern ? replaceInPieces(pieces, pattern, ([real]) => name(real)) : pieces;
    return all.map((piece) => piece.text).join('');
  };
}

/** The captures first: numbers are given in the order in which a reader meets them there. */
function foreignTexts(report: Report): string[] {
  const texts = report.captures.flatMap(({ name, text, failure }) => [
    withoutColours(text),
    name,
    failure ?? '',
  ]);
  mapStrings({ ...report, captures: [] }, (text, key) => {
    if (!OUR_OWN.has(key)) texts.push(withoutColours(text));
    return text;
  });
  return texts;
}

/** A host that is called `carrier` names nobody, and its name in every sentence of ours would have to go. */
function ownWords({ findings, ruledOut }: Report): Set<string> {
  const sentences = [...findings, ...ruledOut].flatMap(({ title, explain, plans, open }) => [
    title,
    explain,
    ...plans.flatMap((plan) => [plan.title, plan.cost]),
    ...open.map(({ asks }) => asks),
  ]);
  return new Set(
    sentences
      .join(' ')
      .toLowerCase()
      .match(/[a-z]{2,40}/g) ?? [],
  );
}

/** `ip -c`, grep --color: a colour code inside or before an address hides it. With and without its ESC. */
function withoutColours(text: string): string {
  return text.includes('[') ? text.replace(/\x1b\[[\d;]{0,20}[mK]|\[\d{1,3}(?:;\d{1,3}){0,4}m/g, '') : text;
}

function whatWasDone(addresses: Readonly<Record<string, number>>, names: number, rows: number): string {
  const counts = [
    ...Object.entries(addresses).map(([kind, count]) => counted(count, `${kind} address`, 'es')),
    counted(names, 'name', 's'),
  ].filter(Boolean);
  const bytes = rows > 0 ? ` Packet bytes were blanked in ${rows} rows.` : '';
  return (
    `Redacted: ${counts.join(', ') || 'nothing was found to be'} replaced, each always by the same stand-in. Classes, ` +
    `subnets, host numbers and the makers of virtual NICs were kept.${bytes} ` +
    'Commands in this copy name the stand-ins: run those of your own report.'
  );
}

function counted(count: number, noun: string, plural: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : plural}`;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
