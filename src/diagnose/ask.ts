import { pathOf } from '../case/path/path.ts';
import { valueIn } from '../model/known.ts';
import type { Ask } from '../model/report.ts';
import type { Probe, Rulebook } from '../model/rule.ts';
import { fillCommand, quoteForShell } from './command.ts';
import { type Asked, evaluate } from './condition.ts';

type Candidate = { readonly probe: Probe; readonly settles: readonly string[] };

/** Probes that settle open facts, the most telling first, then the cheapest. */
export function whatToAsk(open: readonly string[], asked: Asked, book: Rulebook): Ask[] {
  const candidates = book.probes
    .map((probe): Candidate => ({ probe, settles: open.filter((name) => probe.settles.includes(name)) }))
    .filter(({ probe, settles }) => settles.length > 0 && fits(probe, asked));
  return firstTheKind(candidates, asked, book)
    .sort((a, b) => b.settles.length - a.settles.length || a.probe.cost - b.probe.cost)
    .map(({ probe, settles }) => toAsk(probe, settles, asked))
    .filter(
      (ask, index, all) =>
        all.findIndex(({ command, on }) => command === ask.command && on === ask.on) === index,
    );
}

/**
 * The capture that halves the part of the path in which packets get lost: as the tap of that system is captured, at another interface.
 * Undefined where nothing is to be halved, or no such capture is known for the host.
 */
export function whereToCapture(asked: Asked, book: Rulebook): Ask | undefined {
  const { next } = pathOf(asked.nic, asked.kase);
  const probe = book.probes.find((one) => one.id.endsWith('/tcpdump-tap') && fits(one, asked));
  if (!next || !probe) return undefined;
  const argv = probe.argv.map((word) => (word === '{vm.tap}' ? next.point : word));
  return { ...toAsk({ ...probe, argv }, ['wire.lost'], asked), why: next.why };
}

/**
 * Each hypervisor has commands of its own: while nobody knows which it is, what tells that is asked in place of all of theirs, and
 * settles what they would.
 */
function firstTheKind(candidates: readonly Candidate[], asked: Asked, book: Rulebook): Candidate[] {
  const [teller] = book.probes
    .filter((probe) => probe.on === 'host' && probe.settles.includes(KIND) && fits(probe, asked))
    .sort((a, b) => a.cost - b.cost);
  const waiting = candidates.filter(({ probe }) => waitsForKind(probe, asked));
  if (!teller || waiting.length === 0) return [...candidates];
  const settles = [...new Set(waiting.flatMap((candidate) => candidate.settles))];
  const others = candidates.filter((one) => !waiting.includes(one) && one.probe !== teller);
  return [...others, { probe: teller, settles }];
}

const KIND = 'host.kind';

function waitsForKind({ when, on }: Probe, asked: Asked): boolean {
  if (on !== 'host' || !when) return false;
  const answer = evaluate(when, asked);
  return answer.value === 'unknown' && answer.open.includes(KIND);
}

function fits(probe: Probe, asked: Asked): boolean {
  if (probe.os !== undefined && probe.os !== osOf(asked)) return false;
  return !probe.when || evaluate(probe.when, asked).value !== 'no';
}

function osOf({ facts, nic, kase }: Asked): string {
  return valueIn(facts.get('guest.os')?.read(nic, kase)) ?? 'unknown';
}

export function toAsk(probe: Probe, settles: readonly string[], asked: Asked): Ask {
  const filled = fillCommand(probe.argv, asked.nic);
  const words = filled.missing.length > 0 && probe.otherwise ? [...probe.otherwise] : filled.words;
  return {
    probe: probe.id,
    on: probe.on,
    argv: words,
    command: quoteForShell(words),
    why: probe.tells.replace(/\{nic(?:\.name)?\}/g, asked.nic.name),
    needsRoot: probe.needsRoot,
    twice: probe.twice,
    settles,
  };
}
