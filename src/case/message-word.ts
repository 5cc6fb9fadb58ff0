import type { Thing } from '../model/case.ts';
import { type Known, known, unknown, valueIn } from '../model/known.ts';

/** The first word, in the order of `words`, that one of the messages says. */
export function wordOf(
  messages: readonly Thing<'message'>[],
  words: Readonly<Record<string, string>>,
): Known<string> {
  for (const [code, word] of Object.entries(words)) {
    const hits = messages.filter(({ says }) => valueIn(says.code) === code);
    if (hits[0]) return known(word, hits[0].at);
  }
  return unknown;
}
