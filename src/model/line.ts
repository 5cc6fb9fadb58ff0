/** The unit of evidence: one line of a text exactly as it was given. */
export type Line = {
  /** Name of the capture (file, paste) it stands in. */
  readonly sample: string;
  /** 1-based, counted in the text as given; the frame number for packet captures, 0 for what their head says. */
  readonly number: number;
  /** As given, without the line ending. Hostile: sanitize before it is shown. */
  readonly text: string;
};

/** At least one line: what every claim must carry. */
export type Lines = readonly [Line, ...Line[]];

/**
 * A line made ready to be read: quoting, prompts, colours, log prefixes and entities removed.
 * Two lines where a wrapped one was put together again.
 */
export type Row = {
  readonly text: string;
  readonly at: Lines;
  /** A log's prefix (time, host, level) was taken off. */
  readonly isLogged?: true;
};

export function sameLine(a: Line, b: Line): boolean {
  return a.sample === b.sample && a.number === b.number;
}

/** The lines in order, each once. */
export function distinctLines(lines: readonly Line[]): Line[] {
  const seen = new Set<string>();
  return lines.filter((line) => {
    const key = `${line.number}:${line.sample}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
