import type { Capture } from '../model/capture.ts';
import type { Row } from '../model/line.ts';
import type { Problem } from '../model/problem.ts';
import type { Parser, ReadCapture } from '../model/sample.ts';
import { parsers as allParsers } from './parsers.ts';
import { readPackets } from './pcap/read-packets.ts';
import { readSample } from './read-sample.ts';
import { toRows } from './rows.ts';
import { split } from './split.ts';

/** Text, or the bytes of a packet capture, to sightings. Pure, and total: any text gives a result. */
export function readCapture(capture: Capture, parsers: readonly Parser[] = allParsers): ReadCapture {
  if (capture.bytes) return readBytes(capture, capture.bytes);
  const { rows, problems } = toRows(capture);
  const found = split(capture, rows, parsers);
  const samples = found.samples.flatMap(readSample);
  return {
    capture,
    samples,
    loose: found.loose,
    problems: [...(capture.problems ?? []), ...problems, ...emptiness(capture, rows)],
  };
}

/** What failed on its way here is told; what is there is read all the same. */
function readBytes(capture: Capture, bytes: Iterable<Uint8Array>): ReadCapture {
  const read = readPackets(capture, bytes);
  const { name, failure, problems = [] } = capture;
  const failed = failure && [{ code: 'sample-failed' as const, says: `${name}: ${failure}`, at: [] }];
  return { ...read, problems: [...problems, ...(failed || []), ...read.problems] };
}

function emptiness(capture: Capture, rows: readonly Row[]): Problem[] {
  if (capture.failure) {
    return [{ code: 'sample-failed', says: `${capture.name}: ${capture.failure}`, at: [] }];
  }
  // A collected command that ended had nothing to say: only a copy that lost its text is to be made again.
  if (rows.some((row) => row.text !== '') || capture.outcome !== undefined) return [];
  return [
    {
      code: 'sample-empty',
      says: `${capture.name} is empty: run the command again and keep its output.`,
      at: [],
    },
  ];
}
