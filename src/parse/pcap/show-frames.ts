import type { Line, Row } from '../../model/line.ts';
import type { Ending } from './frame.ts';
import { noLayers } from './layers.ts';
import { readLayers } from './read-layers.ts';
import { renderFrame, renderHead } from './render-frame.ts';
import { walkFrames } from './walk-frames.ts';

/** So many frames from the first one on are shown as text; of the others those that are evidence. */
const SHOWN = 1000;

/**
 * The text of a capture: a head, and each frame in one line. `kept` are lines whose text is filled in here. What is said of the
 * file as a whole has the number 0.
 */
export function showFrames(
  pieces: Iterable<Uint8Array>,
  sample: string,
  { frames, on }: Ending,
  kept: readonly Line[],
  nameOf: (index: number) => string | undefined,
): { text: string; numbers: number[]; rows: Row[] } {
  const wanted = linesByNumber(kept);
  const last = Math.max(Math.min(frames, SHOWN), ...wanted.keys());
  const layers = noLayers();
  const rows: Row[] = [];
  const used = new Set<number>();
  const suffixOf = (index: number) => {
    const name = on.length > 1 ? nameOf(index) : undefined;
    return name === undefined ? '' : ` [on ${name}]`;
  };
  walkFrames(pieces, (frame, { link }) => {
    const lines = wanted.get(frame.number);
    if (frame.number <= SHOWN || lines) {
      const isKnown = readLayers(layers, frame, link);
      const shown = isKnown ? renderFrame(layers, frame) : `link type ${link}, ${frame.wireLength} octets`;
      const text = shown + suffixOf(frame.on);
      for (const line of lines ?? []) line.text = text;
      rows.push({ text, at: [{ sample, number: frame.number, text }] });
      used.add(frame.on);
    }
    return frame.number >= last;
  });
  const [first = 0] = used;
  const named = on.length > 1 ? undefined : nameOf(first);
  const heads = on[first] ? [renderHead(on[first], named)] : [];
  const left = frames - rows.length;
  if (left > 0) heads.push(`tcpdump: ${left} more frames were read and are not shown`);
  return {
    text: [...heads, ...rows.map(({ text }) => text)].join('\n'),
    numbers: [...heads.map(() => 0), ...rows.map(({ at }) => at[0].number)],
    rows,
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
