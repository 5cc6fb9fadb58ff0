import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { doctor } from '../doctor.ts';
import { reopened } from '../machine/packet-file.ts';
import type { Capture } from '../model/capture.ts';
import type { Report } from '../model/report.ts';
import type { Knowledge } from '../model/rule.ts';
import type { Complaint } from '../model/sighting.ts';
import { loadKnowledge } from './knowledge.ts';
import { type Packed, packReport, unpackReport } from './packed-report.ts';

type Asked = {
  readonly number: number;
  readonly captures: readonly Capture[];
  readonly complaint: Complaint | null;
};
type Answered = { readonly number: number } & ({ readonly report: Packed } | { readonly error: string });
type Waiting = { resolve: (report: Report) => void; reject: (error: Error) => void };

export type Examiner = (captures: readonly Capture[], complaint: Complaint | null) => Promise<Report>;

/**
 * Diagnoses in a thread of its own, so that keys are answered while megabytes are read. The thread runs this same program
 * again (see src/bundle.mjs); it does not keep the process alive. From source, where there is no one file to run, and
 * where the thread has died, it is done here.
 */
export function openExaminer(program: URL | undefined, knowledge: Knowledge): Examiner {
  const here: Examiner = async (captures, complaint) => doctor(captures, complaint, knowledge);
  if (!program) return here;
  const waiting = new Map<number, Waiting>();
  let worker: Worker | 'gone' | undefined;
  let count = 0;
  const open = () => {
    worker ??= openThread(program, waiting, () => {
      worker = 'gone';
    });
    return worker;
  };
  setTimeout(open, AFTER_FIRST_PAINT).unref();
  return (captures, complaint) => {
    const thread = open();
    if (thread === 'gone') return here(captures, complaint);
    count++;
    thread.postMessage({ number: count, captures, complaint } satisfies Asked);
    return new Promise((resolve, reject) => waiting.set(count, { resolve, reject }));
  };
}

/** Milliseconds until the thread is made, if nothing asks for it before: the first frame has the machine for itself. */
const AFTER_FIRST_PAINT = 1000;

function openThread(program: URL, waiting: Map<number, Waiting>, onGone: () => void): Worker {
  const worker = new Worker(program);
  worker.on('message', (answer: Answered) => {
    const one = waiting.get(answer.number);
    waiting.delete(answer.number);
    if ('report' in answer) one?.resolve(unpackReport(answer.report));
    else one?.reject(new Error(answer.error));
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
  port.on('message', ({ number, captures, complaint }: Asked) => {
    try {
      const report = doctor(captures.map(reopened), complaint, knowledge);
      port.postMessage({ number, report: packReport(report) });
    } catch (error) {
      port.postMessage({ number, error: (error as Error).message });
    }
  });
  return new Promise<number>((resolve) => port.on('close', () => resolve(0)));
}
