import type { Line } from '../model/line.ts';
import type { Report } from '../model/report.ts';

/** Many lines as few large values, which are copied fast from thread to thread. */
type PackedLines = {
  readonly texts: string;
  readonly numbers: Float64Array;
  /** The samples of the lines, each with how many lines in a row are its. */
  readonly samples: readonly { readonly sample: string; readonly count: number }[];
};

/** A report for the way between threads. */
export type Packed = Omit<Report, 'loose' | 'strange'> & {
  readonly loose: PackedLines;
  readonly strange: PackedLines;
};

export function packReport(report: Report): Packed {
  return { ...report, loose: pack(report.loose), strange: pack(report.strange) };
}

export function unpackReport(packed: Packed): Report {
  return { ...packed, loose: unpack(packed.loose), strange: unpack(packed.strange) };
}

function pack(lines: readonly Line[]): PackedLines {
  const samples: { sample: string; count: number }[] = [];
  for (const { sample } of lines) {
    const last = samples.at(-1);
    if (last?.sample === sample) last.count++;
    else samples.push({ sample, count: 1 });
  }
  return {
    texts: lines.map(({ text }) => text).join('\n'),
    numbers: Float64Array.from(lines, ({ number }) => number),
    samples,
  };
}

function unpack({ texts, numbers, samples }: PackedLines): Line[] {
  const each = texts.split('\n');
  const names = samples.flatMap(({ sample, count }) => Array<string>(count).fill(sample));
  return names.map((sample, at) => ({ sample, number: numbers[at] ?? 0, text: each[at] ?? '' }));
}
