// Reads: packet captures as files, to the same sightings as tcpdump's text of them; see walk-frames.ts and read-layers.ts.
// Printed by: tcpdump -w, dumpcap, Wireshark; libpcap 0.4 and later, pcapng 1.0.
// Fixtures: fixtures/outputs/pcap-*/*.pcap, *.pcapng.

import type { Capture } from '../../model/capture.ts';
import type { Row } from '../../model/line.ts';
import type { ReadCapture, ReadSample } from '../../model/sample.ts';
import { captureSide } from '../capture/capture-side.ts';
import { sayVerdicts, type Verdicts } from '../capture/pflog.ts';
import { saySection } from '../capture/tcpdump-flows.ts';
import { takeNotes } from '../reading.ts';
import { fileProblems } from './file-problems.ts';
import type { CapturedOn, Ending } from './frame.ts';
import { type Gathering, gather, gatherVerdict, rowOf, startGathering } from './gather.ts';
import { noLayers } from './layers.ts';
import { nameOfCapture } from './name-of-capture.ts';
import { readLayers } from './read-layers.ts';
import { renderHead } from './render-frame.ts';
import { showFrames } from './show-frames.ts';
import { walkFrames } from './walk-frames.ts';

/** Bytes to sightings, in two walks: what all frames say, then the text of those that are shown. Pure, and total. */
export function readPackets(capture: Capture, pieces: Iterable<Uint8Array>): ReadCapture {
  const { name } = capture;
  const notes = takeNotes();
  const seen = walk(capture, pieces);
  for (const { section } of seen.gatherings.filter(Boolean))
    saySection(section, notes, (number) => rowOf(name, number));
  sayVerdicts(seen.verdicts, notes);
  const { side, ...reading } = notes.done(captureSide([...seen.names], seen.verdicts.size > 0));
  const problems = fileProblems(name, seen.ending, seen.strange);
  const evidence = [...reading.sightings, ...reading.problems, ...problems].flatMap(({ at }) => at);
  const shown = showFrames(pieces, name, seen.ending, evidence, (index) => nameOn(seen, index));
  const { bytes: _, ...rest } = capture;
  const sample: ReadSample = {
    ...reading,
    capture: rest,
    kind: 'tcpdump/pcap',
    title: 'packet capture',
    side: capture.side === 'unknown' ? (side ?? 'unknown') : capture.side,
    why: 'it begins as a packet capture does',
    ...(capture.argv && { command: capture.argv.join(' ') }),
    rows: shown.rows,
    total: seen.ending.frames,
  };
  return {
    capture: { ...rest, text: shown.text, numbers: shown.numbers },
    samples: seen.ending.frames > 0 ? [sample] : [],
    loose: [],
    problems,
  };
}

type Seen = {
  /** By interface. */
  readonly gatherings: readonly Gathering[];
  readonly verdicts: Verdicts;
  /** Of interfaces. */
  readonly names: ReadonlySet<string>;
  readonly ending: Ending;
  /** What the command or the file's name says. */
  readonly logName: string | undefined;
  /** Link types that are not known here, with the first frame of each. */
  readonly strange: ReadonlyMap<number, { readonly row: Row; readonly count: number }>;
};

/** Frames of PF's log are not gathered by interface: of the log itself. */
function nameOn({ gatherings, logName }: Seen, index: number): string | undefined {
  return gatherings[index] ? gatherings[index]?.section.interface : logName;
}

function walk(capture: Capture, pieces: Iterable<Uint8Array>): Seen {
  const gatherings: Gathering[] = [];
  const strange = new Map<number, { row: Row; count: number }>();
  const verdicts: Verdicts = new Map();
  const fallback = nameOfCapture(capture);
  const names = new Set(fallback === undefined ? [] : [fallback]);
  const layers = noLayers();
  const leaveOut = (link: number, number: number) => {
    const known = strange.get(link);
    if (known) known.count++;
    else strange.set(link, { row: rowOf(capture.name, number), count: 1 });
  };
  const ending = walkFrames(pieces, (frame, on) => {
    if (!readLayers(layers, frame, on.link)) leaveOut(on.link, frame.number);
    else if (layers.pflog >= 0) {
      const name = gatherVerdict(verdicts, layers, frame, capture.name);
      if (name === undefined) leaveOut(on.link, frame.number);
      else names.add(name);
    } else {
      gatherings[frame.on] ??= startOn(capture, on, fallback);
      gather(gatherings[frame.on] as Gathering, layers, frame, capture.name);
    }
    return false;
  });
  for (const { section } of gatherings.filter(Boolean))
    if (section.interface !== undefined) names.add(section.interface);
  return { gatherings, verdicts, names, ending, logName: fallback, strange };
}

/** What the file itself says of an interface comes before what it is called. */
function startOn(capture: Capture, on: CapturedOn, fallback: string | undefined): Gathering {
  const name = on.name === 'any' ? undefined : (on.name ?? fallback);
  const text = renderHead(on, name);
  return startGathering(name, { text, at: [{ sample: capture.name, number: 0, text }] });
}
