import { type MouseReport, takeReports } from './mouse-reports.ts';

const START = '\x1b[200~';
const END = '\x1b[201~';
/** Milliseconds of silence after which a paste whose end did not come is taken as it is. */
const PATIENCE = 30_000;

/** What comes from the terminal and is no key. */
export type NoKeys = {
  /** A whole paste. */
  readonly onPaste: (text: string) => void;
  /** More of a paste has come: so many characters by now. */
  readonly onPiece: (length: number) => void;
  readonly onMouse: (report: MouseReport) => void;
  /** Whether the terminal was asked to tell of its mouse. */
  readonly hasMouse: () => boolean;
};

/**
 * The keyboard without the pastes that the terminal marks, and without the reports of its mouse. Ink's own parser looks through all of an unfinished paste again
 * at each piece of 4 KB, which for megabytes takes seconds; here each piece is looked at once. A start that is cut by the
 * end of a read is left to Ink.
 */
export function pasteGate(source: NodeJS.ReadStream, noKeys: () => NoKeys | undefined): NodeJS.ReadStream {
  let pieces: string[] | undefined;
  let length = 0;
  /** The end of the last piece, which may hold the beginning of the end mark. */
  let tail = '';
  let rest = '';
  /** The beginning of a mouse's report that a read has cut. */
  let held = '';
  let timer: NodeJS.Timeout | undefined;

  const finish = () => {
    clearTimeout(timer);
    const text = (pieces ?? []).join('') + tail;
    pieces = undefined;
    tail = '';
    length = 0;
    noKeys()?.onPaste(text);
  };
  const collect = (chunk: string): string => {
    const text = tail + chunk;
    const end = text.indexOf(END);
    clearTimeout(timer);
    if (end >= 0) {
      tail = text.slice(0, end);
      finish();
      return text.slice(end + END.length);
    }
    pieces?.push(text.slice(0, -END.length));
    tail = text.slice(-END.length);
    length += chunk.length;
    noKeys()?.onPiece(length);
    timer = setTimeout(finish, PATIENCE).unref();
    return '';
  };
  const withoutMouse = (chunk: string): string => {
    // What does not go on was cut by a bad line: it is no key either.
    const isGoingOn = held !== '' && /^[\d;]{1,16}(?:[Mm]|$)|^[Mm]/.test(chunk);
    const taken = takeReports((isGoingOn ? held : '') + chunk, noKeys()?.hasMouse() ?? false);
    held = taken.held;
    for (const report of taken.reports) noKeys()?.onMouse(report);
    return taken.keys;
  };
  /** What of the read is keys; null when there is no more. */
  const read = (): string | null => {
    for (;;) {
      const chunk = rest || (source.read() as string | null);
      rest = '';
      if (chunk === null) return null;
      if (pieces) {
        rest = collect(chunk);
        continue;
      }
      const start = chunk.indexOf(START);
      const keys = withoutMouse(start < 0 ? chunk : chunk.slice(0, start));
      if (start >= 0) {
        pieces = [];
        rest = collect(chunk.slice(start + START.length));
      }
      if (keys !== '') return keys;
    }
  };
  return gated(source, read);
}

/**
 * All that Ink asks of its input. While Ink does not listen, the terminal is another program's: nothing is read then, or
 * the first line typed there would be taken from it (and this program stand still until a second one comes).
 */
function gated(source: NodeJS.ReadStream, read: () => string | null): NodeJS.ReadStream {
  let listeners = 0;
  const gate = {
    isTTY: source.isTTY,
    read: () => (listeners > 0 ? read() : null),
    setEncoding: (encoding: BufferEncoding) => void source.setEncoding(encoding),
    setRawMode: (mode: boolean) => void source.setRawMode(mode),
    ref: () => void source.ref(),
    unref: () => void source.unref(),
    addListener: (event: string, listener: () => void) => {
      if (event === 'readable') listeners++;
      source.addListener(event, listener);
    },
    removeListener: (event: string, listener: () => void) => {
      source.removeListener(event, listener);
      if (event !== 'readable') return;
      listeners--;
      // The stream itself notices only then that nobody listens.
      process.nextTick(() => listeners === 0 && source.pause());
    },
  };
  return gate as unknown as NodeJS.ReadStream;
}
