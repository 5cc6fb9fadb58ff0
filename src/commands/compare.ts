import { compare } from '../doctor.ts';
import { readCaptures } from '../machine/files.ts';
import { InputError } from '../machine/input-error.ts';
import type { Comparison } from '../model/comparison.ts';
import { comparisonText } from '../report/comparison-text.ts';
import { safeJson } from '../report/sanitize.ts';
import { loadKnowledge } from './knowledge.ts';

const EXIT: Record<Comparison['verdict'], number> = { fixed: 0, 'not-fixed': 1, unclear: 2 };

/** Two collections, before and after a fix. Returns the exit code: 0 fixed, 1 not, 2 cannot tell. */
export async function compareCommand(
  before: string,
  after: string,
  options: { readonly json?: boolean; readonly rules: readonly string[] },
): Promise<number> {
  if (before === '-' && after === '-') throw new InputError('only one of the two can be standard input.');
  const knowledge = await loadKnowledge(options.rules);
  const comparison = compare(await readCaptures([before]), await readCaptures([after]), knowledge);
  process.stdout.write(options.json ? `${safeJson(comparison)}\n` : comparisonText(comparison));
  return EXIT[comparison.verdict];
}
