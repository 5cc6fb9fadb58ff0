import type { Line } from '../model/line.ts';
import type { Problem } from '../model/problem.ts';
import type { Numbered } from './unpack/numbered-rows.ts';

const BEGIN = /^(?:> ?){0,4}#== begin (\d{1,6}) /;
const DONE = /^(?:> ?){0,4}#== done (\d{1,6})$/;

const REDACTED = /^(?:> ?){0,4}# redacted yes$/;

/** Watches a bundle go by, and says what is to be known of it as a whole: sections or its end that are missing, values that are none. */
export function watchBundle(sample: string) {
  const problems: Problem[] = [];
  let hasHead = false;
  let isDone = false;
  let before: number | undefined;
  let last: Line | undefined;
  const upTo = (number: number, isLast: boolean) => {
    const first = (before ?? number) + 1;
    const missing = number - first + (isLast ? 1 : 0);
    if (missing > 0 && last) problems.push(gap(first, first + missing - 1, last));
    before = number;
  };
  const close = () => {
    if (hasHead && !isDone && last) problems.push(endMissing(last));
  };
  return {
    /** The head of a bundle: the one before it, if any, is over. */
    head(row: Numbered): void {
      close();
      [hasHead, isDone, before, last] = [true, false, undefined, { sample, ...row }];
    },
    row(row: Numbered): void {
      const begin = BEGIN.exec(row.text)?.[1];
      const done = DONE.exec(row.text)?.[1];
      if (hasHead && before === undefined && REDACTED.test(row.text))
        problems.push(standIns({ sample, ...row }));
      if (begin !== undefined) {
        upTo(Number(begin), false);
        isDone = false;
      } else if (done !== undefined) {
        upTo(Number(done), true);
        isDone = true;
      }
      if (row.text !== '') last = { sample, ...row };
    },
    /** `isOpen`: the last section says itself that it is cut. */
    done(isOpen: boolean): Problem[] {
      if (!isOpen) close();
      return problems;
    },
  };
}

function gap(from: number, to: number, at: Line): Problem {
  const which =
    from === to ? `Section ${from} of this bundle is` : `Sections ${from} to ${to} of this bundle are`;
  return {
    code: 'sample-cut-short',
    says: `${which} missing in this copy; take the bundle again whole.`,
    at: [at],
  };
}

function standIns(at: Line): Problem {
  const says =
    'This bundle is redacted: its MACs, addresses and names are stand-ins, in the commands of this report, too. Run those that name none of them.';
  return { code: 'note', says, at: [at] };
}

function endMissing(at: Line): Problem {
  const says =
    'The last line of this bundle is missing: the collection was stopped, or this copy is cut. Outputs may be missing.';
  return { code: 'sample-cut-short', says, at: [at] };
}
