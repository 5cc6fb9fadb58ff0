import type { Ask } from '../model/report.ts';
import type { Probe, Rulebook } from '../model/rule.ts';
import { fillCommand, quoteForShell } from './command.ts';
import { type Asked, evaluate } from './condition.ts';

/** Probes that settle open facts, the most telling first, then the cheapest. */
export function whatToAsk(open: readonly string[], asked: Asked, book: Rulebook): Ask[] {
  const settles = new Map<string, string[]>();
  for (const name of open) {
    for (const id of asked.facts.get(name)?.settledBy ?? [])
      settles.set(id, [...(settles.get(id) ?? []), name]);
  }
  const probes = book.probes.filter((probe) => settles.has(probe.id) && fits(probe, asked));
  return probes
    .sort((a, b) => (settles.get(b.id)?.length ?? 0) - (settles.get(a.id)?.length ?? 0) || a.cost - b.cost)
    .map((probe) => toAsk(probe, settles.get(probe.id) ?? [], asked))
    .filter(
      (ask, index, all) =>
        all.findIndex(({ command, on }) => command === ask.command && on === ask.on) === index,
    );
}

function fits(probe: Probe, asked: Asked): boolean {
  return !probe.when || evaluate(probe.when, asked).value !== 'no';
}

export function toAsk(probe: Probe, settles: readonly string[], asked: Asked): Ask {
  const filled = fillCommand(probe.argv, asked.nic);
  const words = filled.missing.length > 0 && probe.otherwise ? [...probe.otherwise] : filled.words;
  return {
    probe: probe.id,
    on: probe.on,
    argv: words,
    command: quoteForShell(words),
    why: probe.tells.replaceAll('{nic}', asked.nic.name),
    needsRoot: probe.needsRoot,
    twice: probe.twice,
    settles,
  };
}
