import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadKnowledge } from '../src/commands/knowledge.ts';
import { doctor } from '../src/doctor.ts';
import type { Capture, Side } from '../src/model/capture.ts';
import type { Report } from '../src/model/report.ts';
import type { Complaint } from '../src/model/sighting.ts';

export const CASES = join(import.meta.dirname, '../fixtures/cases');

export type CaseFile = {
  readonly origin: string;
  readonly what: string;
  readonly complaint: Complaint;
  /** Faults that must be found, the first one ranked first. */
  readonly expect: readonly string[];
};

export type TestCase = CaseFile & { readonly name: string; readonly captures: readonly Capture[] };

/** A whole case of fixtures/cases: its description and its captures, named as in the rules' tests (`host/qm-config.txt`). */
export function readCase(name: string): TestCase {
  const known = cases.get(name) ?? readFolder(name);
  cases.set(name, known);
  return known;
}

/** Many tests look at the same cases: each is read, and examined, once. */
const cases = new Map<string, TestCase>();
const reports = new WeakMap<TestCase, Map<string, Report>>();

function readFolder(name: string): TestCase {
  const folder = join(CASES, name);
  const about = parse(readFileSync(join(folder, 'case.yaml'), 'utf8')) as CaseFile;
  const captures = (['guest', 'host', 'peer'] as const satisfies readonly Side[]).flatMap((side) =>
    filesIn(join(folder, side)).map((file): Capture => {
      const bytes = readFileSync(join(folder, side, file));
      const head = { name: `${side}/${file}`, side, origin: 'file' as const };
      return /\.pcap(?:ng)?$/.test(file)
        ? { ...head, text: '', bytes: [bytes] }
        : { ...head, text: bytes.toString('utf8') };
    }),
  );
  return { ...about, name, captures };
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

export const caseNames = readdirSync(CASES).sort();
export const knowledge = await loadKnowledge();

/** The report on a case, with some captures taken away. */
export function examine(testCase: TestCase, without: readonly string[] = []): Report {
  const own = reports.get(testCase) ?? new Map<string, Report>();
  reports.set(testCase, own);
  const captures = testCase.captures.filter(({ name }) => !without.includes(name));
  const key = captures.map(({ name }) => name).join(' ');
  const report = own.get(key) ?? doctor(captures, testCase.complaint, knowledge);
  own.set(key, report);
  return report;
}
