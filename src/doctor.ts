import { facts } from './case/facts.ts';
import { join } from './case/join.ts';
import { readOnce } from './case/read-once.ts';
import { tellApart } from './case/tell-apart.ts';
import { compareCases } from './diagnose/compare.ts';
import { diagnose, isSure } from './diagnose/diagnose.ts';
import { type Examined, summarize } from './diagnose/summarize.ts';
import type { Capture } from './model/capture.ts';
import type { Comparison } from './model/comparison.ts';
import type { Report } from './model/report.ts';
import type { Knowledge } from './model/rule.ts';
import type { ReadCapture } from './model/sample.ts';
import type { Complaint } from './model/sighting.ts';
import { readCapture } from './parse/read-capture.ts';
import { readComplaint } from './parse/read-complaint.ts';
import { unpack } from './parse/unpack/unpack.ts';

/** The straight line: captures and what the person sees, to a report. Pure; any text gives a report. `inputs`: the paths they are from. */
export function doctor(
  given: readonly Capture[],
  complaint: Complaint | null,
  knowledge: Knowledge,
  inputs: readonly string[] = [],
): Report {
  return summarize(examine(given, complaint, knowledge), inputs);
}

/** Twice along the line: what of the first holds in the second. */
export function compare(
  before: readonly Capture[],
  after: readonly Capture[],
  knowledge: Knowledge,
): Comparison {
  return compareCases(examine(before, null, knowledge), examine(after, null, knowledge));
}

function examine(given: readonly Capture[], complaint: Complaint | null, knowledge: Knowledge): Examined {
  const readings = given.flatMap(readOf);
  const captures = readings.map(({ capture }) => capture);
  const samples = readings.flatMap((reading) =>
    reading.samples.map((sample) => ({
      ...sample,
      taken: sample.capture.taken,
      isPlaced: sample.capture.side !== 'unknown',
    })),
  );
  const looks = tellApart(samples).map((look) => {
    const { problems, ...joined } = join([...look.samples, ...readComplaint(complaint)], knowledge.drivers);
    const kase = { ...joined, problems: [...look.problems, ...problems] };
    const own = readOnce(facts);
    const diagnosis = diagnose(kase, knowledge.rulebook, own);
    return { captures, readings, complaint, kase, diagnosis, knowledge, facts: own };
  });
  return looks.find(({ diagnosis }) => diagnosis.findings.some(isSure)) ?? (looks[0] as Examined);
}

/** What each capture says, read once: more is pasted beside it, a complaint is told, another one is taken away. */
const known = new WeakMap<Capture, readonly ReadCapture[]>();

function readOf(given: Capture): readonly ReadCapture[] {
  const readings = known.get(given) ?? unpack(given).map((capture) => readCapture(capture));
  known.set(given, readings);
  return readings;
}
