import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { compare, doctor } from '../doctor.ts';
import { reopened } from '../machine/packet-file.ts';
import type { Capture } from '../model/capture.ts';
import type { Comparison } from '../model/comparison.ts';
import type { Report } from '../model/report.ts';
import type { Knowledge } from '../model/rule.ts';
import type { Complaint } from '../model/sighting.ts';
import { captureSender, captureShelf, type Sent } from './captures-by-number.ts';
import { loadKnowledge } from './knowledge.ts';
import { type Packed, packReport, unpackReport } from './packed-report.ts';

export type Examiner = {
  /** `inputs`: the paths that the captures are from. */
  diagnose(
    captures: readonly Capture[],
    complaint: Complaint | null,
    inputs?: readonly string[],
  ): Promise<Report>;
  compare(before: readonly Capture[], after: readonly Capture[]): Promise<Comparison>;
};

type Work =
  | {
      readonly what: 'diagnose';
      readonly captures: Sent;
      readonly complaint: Complaint | null;
      readonly inputs: readonly string[];
    }
  | { readonly what: 'compare'; readonly before: Sent; readonly after: Sent };
type Asked = { readonly number: number; readonly forget: readonly number[]; readonly work: Work };
type Answer = { readonly report: Packed } | { readonly comparison: Comparison } | { readonly error: string };
type Answered = { readonly number: number; readonly answer: Answer };
type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void };

/**
 * Diagnoses in a thread of its own, so that keys are answered while megabytes are read. The thread runs this same program
 * again (see src/bundle.mjs); it does not keep the process alive. From source, where there is no one file to run, and
 * where the thread has died, it is done here.
 */
export function openExaminer(program: URL | undefined, knowledge: Knowledge): Examiner {
  const here: Examiner = {
    diagnose: async (captures, complaint, inputs) => doctor(captures, complaint, knowledge, inputs),
    compare: async (before, after) => compare(before, after, knowledge),
  };
  if (!program) return here;
  const waiting = new Map<number, Waiting>();
  const sender = captureSender();
  let worker: Worker | 'gone' | undefined;
  let count = 0;
  const open = () => {
    worker ??= openThread(program, waiting, () => {
      worker = 'gone';
    });
    return worker;
  };
  setTimeout(open, AFTER_FIRST_PAINT).unref();
  const ask = (thread: Worker, work: Work): Promise<Answer> => {
    count++;
    thread.postMessage({ number: count, forget: sender.forget(), work } satisfies Asked);
    return new Promise((resolve, reject) => waiting.set(count, { resolve, reject }));
  };
  return {
    async diagnose(captures, complaint, inputs = []) {
      const thread = open();
      if (thread === 'gone') return here.diagnose(captures, complaint, inputs);
      const work: Work = { what: 'diagnose', captures: sender.send(captures), complaint, inputs };
      const answer = await ask(thread, work);
      if ('report' in answer) return unpackReport(answer.report);
      throw answerError(answer);
    },
    async compare(before, after) {
      const thread = open();
      if (thread === 'gone') return here.compare(before, after);
      const work: Work = { what: 'compare', before: sender.send(before), after: sender.send(after) };
      const answer = await ask(thread, work);
      if ('comparison' in answer) return answer.comparison;
      throw answerError(answer);
    },
  };
}

function answerError(answer: Answer): Error {
  return new Error('error' in answer ? answer.error : 'the thread gave another answer');
}

/** Milliseconds until the thread is made, if nothing asks for it before: the first frame has the machine for itself. */
const AFTER_FIRST_PAINT = 1000;

function openThread(program: URL, waiting: Map<number, Waiting>, onGone: () => void): Worker {
  const worker = new Worker(program);
  worker.on('message', ({ number, answer }: Answered) => {
    waiting.get(number)?.resolve(answer);
    waiting.delete(number);
  });
  worker.on('error', (error) => {
    onGone();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });
  // After the listeners: each of them would hold the process again.
  worker.unref();
  return worker;
}

/** The thread's own side: answers until the program ends. */
export async function serveExaminations(): Promise<number> {
  if (isMainThread || !parentPort) throw new Error('this is no thread');
  const port = parentPort;
  const knowledge = await loadKnowledge();
  const shelf = captureShelf(reopened);
  const answerTo = (work: Work): Answer => {
    if (work.what === 'compare')
      return { comparison: compare(shelf.take(work.before), shelf.take(work.after), knowledge) };
    const { captures, complaint, inputs } = work;
    return { report: packReport(doctor(shelf.take(captures), complaint, knowledge, inputs)) };
  };
  port.on('message', ({ number, forget, work }: Asked) => {
    shelf.forget(forget);
    let answer: Answer;
    try {
      answer = answerTo(work);
    } catch (error) {
      answer = { error: (error as Error).message };
    }
    port.postMessage({ number, answer } satisfies Answered);
  });
  return new Promise<number>((resolve) => port.on('close', () => resolve(0)));
}
