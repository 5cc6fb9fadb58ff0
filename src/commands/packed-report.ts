import type { Report } from '../model/report.ts';

/** A report for the way between threads: its many lines of no known output as few large values, which are copied fast. */
export type Packed = Omit<Report, 'loose'> & {
  readonly looseTexts: string;
  readonly looseNumbers: Float64Array;
  /** The samples of the lines, each with how many lines in a row are its. */
  readonly looseSamples: readonly { readonly sample: string; count: number }[];
};

export function packReport({ loose, ...rest }: Report): Packed {
  const samples: { sample: string; count: number }[] = [];
  for (const { sample } of loose) {
    const last = samples.at(-1);
    if (last?.sample === sample) last.count++;
    else samples.push({ sample, count: 1 });
  }
  return {
    ...rest,
    looseTexts: loose.map(({ text }) => text).join('\n'),
    looseNumbers: Float64Array.from(loose, ({ number }) => number),
    looseSamples: samples,
  };
}

export function unpackReport({ looseTexts, looseNumbers, looseSamples, ...rest }: Packed): Report {
  const texts = looseNumbers.length > 0 ? looseTexts.split('\n') : [];
  let at = 0;
  const loose = looseSamples.flatMap(({ sample, count }) =>
    Array.from({ length: count }, () => {
      const line = { sample, number: looseNumbers[at] ?? 0, text: texts[at] ?? '' };
      at++;
      return line;
    }),
  );
  return { ...rest, loose };
}
