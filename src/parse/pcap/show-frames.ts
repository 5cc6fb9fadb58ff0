import type { Line, Row } from '../../model/line.ts';
import type { CapturedOn } from './frame.ts';
import { noLayers } from './layers.ts';
import { readLayers } from './read-layers.ts';
import { renderFrame } from './render-frame.ts';
import { walkFrames } from './walk-frames.ts';

/** So many frames from the first one on are shown as text; of the others those that are evidence. */
const SHOWN = 1000;

type Draft = { readonly head: string; readonly rows: Row[] };

/**
 * The text of a capture: below a head for each interface its frames, each one line. `kept` are lines whose text is filled in
 * here. The head has the number 0.
 */
export function showFrames(
  pieces: Iterable<Uint8Array>,
  sample: string,
  frames: number,
  kept: readonly Line[],
  headOf: (on: CapturedOn, index: number) => string,
): { text: string; numbers: number[]; rows: Row[] } {
  const wanted = linesByNumber(kept);
  const last = Math.max(Math.min(frames, SHOWN), ...wanted.keys());
  const drafts: Draft[] = [];
  const layers = noLayers();
  let count = 0;
  walkFrames(pieces, (frame, on) => {
    const lines = wanted.get(frame.number);
    if (frame.number <= SHOWN || lines) {
      const isKnown = readLayers(layers, frame, on.link);
      const text = isKnown ? renderFrame(layers, frame) : `link type ${on.link}, ${frame.wireLength} octets`;
      for (const line of lines ?? []) line.text = text;
      drafts[frame.on] ??= { head: headOf(on, frame.on), rows: [] };
      drafts[frame.on]?.rows.push({ text, at: [{ sample, number: frame.number, text }] });
      count++;
    }
    return frame.number >= last;
  });
  const parts = drafts.filter(Boolean);
  const left = frames - count;
  const more = left > 0 ? [`tcpdump: ${left} more frames were read and are not shown`] : [];
  return {
    text: [...parts.flatMap(({ head, rows }) => [head, ...rows.map(({ text }) => text)]), ...more].join('\n'),
    numbers: [
      ...parts.flatMap(({ rows }) => [0, ...rows.map(({ at }) => at[0].number)]),
      ...more.map(() => 0),
    ],
    rows: parts.flatMap(({ rows }) => rows),
  };
}

type Unwritten = { -readonly [P in keyof Line]: Line[P] };

/** Lines of frames that have no text yet. */
function linesByNumber(lines: readonly Line[]): Map<number, Unwritten[]> {
  const wanted = new Map<number, Unwritten[]>();
  for (const line of lines) {
    if (line.number === 0) continue;
    const same = wanted.get(line.number);
    if (same) same.push(line);
    else wanted.set(line.number, [line]);
  }
  return wanted;
}
