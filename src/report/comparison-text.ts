import type { Change, Comparison, Fate } from '../model/comparison.ts';
import type { Evidence } from '../model/report.ts';
import { mapStrings, sanitizeLine } from './sanitize.ts';
import { oneLine } from './words.ts';
import { fold, wrap } from './wrap.ts';

const WIDTH = 80;

const SAYS: Record<Comparison['verdict'], string> = {
  fixed: 'Fixed: every fault of the first collection is gone, and no new one is seen.',
  'not-fixed': 'Not fixed.',
  unclear: 'Not enough evidence to tell whether it is fixed.',
};

const FATES: Record<Fate['fate'], string> = {
  gone: 'GONE',
  stays: 'STILL THERE',
  new: 'NEW',
  unclear: 'CANNOT TELL',
};

const WHICH = { before: 'the first collection', after: 'the second collection' };

/** For people: what went, what stayed, what is new, and which answers changed, each with its line. */
export function comparisonText(comparison: Comparison): string {
  const safe = mapStrings(comparison, (text) => sanitizeLine(text));
  const lines = [SAYS[safe.verdict]];
  if (safe.fates.length === 0)
    lines.push(
      '',
      'The first collection shows no fault that is certain or likely: there is nothing to compare.',
    );
  for (const fate of safe.fates) lines.push('', ...fateLines(fate));
  if (safe.changes.length > 0) lines.push('', 'CHANGED');
  for (const change of safe.changes) lines.push(...changeLines(change));
  if (safe.problems.length > 0) lines.push('', 'TAKE NOTE');
  for (const { of, problem } of safe.problems)
    lines.push(...wrap(`${WHICH[of]}: ${problem.says}`, WIDTH, '  ', '    '));
  return `${lines.join('\n')}\n`;
}

function fateLines({ fate, finding, because, ask }: Fate): string[] {
  const [next] = ask;
  return [
    ...wrap(
      `${FATES[fate]}: ${finding.fault} (${finding.nic}): ${oneLine(finding.title)}`,
      WIDTH,
      '',
      '    ',
    ),
    ...because.slice(0, 3).flatMap(evidenceLines),
    ...(next ? wrap(`run on the ${next.on}: ${next.command}`, WIDTH, '    ', '      ') : []),
  ];
}

function changeLines({ nic, fact, before, after }: Change): string[] {
  return [
    ...wrap(`${nic} ${fact}: ${before.word} -> ${after.word}`, WIDTH, '  ', '    '),
    ...evidenceLines(after),
  ];
}

function evidenceLines({ line, means }: Evidence): string[] {
  return [
    ...wrap(`${means} (${line.sample}:${line.number})`, WIDTH, '    ', '      '),
    ...fold(line.text.trim(), WIDTH, '      | ', 2),
  ];
}
