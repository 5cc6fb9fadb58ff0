import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import xterm from '@xterm/headless';
import { render } from 'ink';
import { onTestFinished } from 'vitest';
import { App, type Start } from '../../src/ui/app.tsx';
import { type NoKeys, pasteGate } from '../../src/ui/input/paste-gate.ts';
import type { World } from '../../src/ui/world.ts';

export type Screen = {
  /** What stands on the terminal now. */
  text(): string;
  rows(): string[];
  /** Its cells, with their colours. */
  buffer(): xterm.IBuffer;
  /** Each string is one read, as the terminal would send it. */
  press(...reads: readonly string[]): Promise<void>;
  /** Reads that follow each other at once, as the pieces of an unmarked paste do. */
  pour(...reads: readonly string[]): Promise<void>;
  /** As terminals do: bracketed, line breaks as CR. */
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Waits so long, for what the app itself waits for, and then until it draws no more, however slow the machine is. */
  settle(milliseconds?: number): Promise<void>;
  hasQuit(): boolean;
  close(): void;
};

/** So many turns of the event loop without anything drawn: nothing more is to come. */
const TURNS = 5;

/** The whole app over a made keyboard, its output in a terminal emulator. Closed when the test that opened it has ended. */
export async function openScreen(
  world: World,
  { columns = 80, rows = 24, ...start }: Start & { columns?: number; rows?: number } = {},
): Promise<Screen> {
  const emulator = new xterm.Terminal({
    cols: columns,
    rows,
    allowProposedApi: true,
    scrollback: 0,
    convertEol: true,
  });
  // As the program opens it: on the alternate screen, which no terminal wraps anew when it is resized.
  emulator.write('\x1b[?1049h');
  let drawn = 0;
  const stdout = Object.assign(new EventEmitter(), {
    columns,
    rows,
    isTTY: true,
    write: (text: string, ...rest: unknown[]) => {
      drawn++;
      emulator.write(text, () => {
        drawn++;
        (rest.at(-1) as () => void)?.();
      });
      return true;
    },
  });
  const stdin = Object.assign(new PassThrough({ encoding: 'utf8' }), {
    isTTY: true,
    setRawMode: () => stdin,
    ref: () => stdin,
    unref: () => stdin,
  });
  let hasQuit = false;
  let noKeys: NoKeys | undefined;
  const listen = (given: NoKeys) => {
    noKeys = given;
  };
  const app = render(<App world={world} start={start} listen={listen} />, {
    stdout: stdout as unknown as NodeJS.WriteStream,
    stdin: pasteGate(stdin as unknown as NodeJS.ReadStream, () => noKeys),
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: 1000,
  });
  onTestFinished(() => app.unmount());
  void app.waitUntilExit().then(() => {
    hasQuit = true;
  });
  const settle = async (milliseconds = 0) => {
    await later(milliseconds);
    for (let seen = -1, still = 0; still < TURNS; still++) {
      if (seen !== drawn) still = 0;
      seen = drawn;
      await later(2);
    }
  };
  const read = () =>
    Array.from(
      { length: emulator.rows },
      (_, row) =>
        emulator.buffer.active.getLine(emulator.buffer.active.baseY + row)?.translateToString(true) ?? '',
    );
  while (drawn === 0) await later(2);
  await settle();
  return {
    text: () => read().join('\n'),
    rows: read,
    buffer: () => emulator.buffer.active,
    async press(...reads) {
      for (const one of reads) {
        stdin.write(one);
        await settle();
      }
    },
    async pour(...reads) {
      for (const one of reads) {
        stdin.write(one);
        await atOnce();
      }
      await settle(60);
    },
    async paste(text) {
      stdin.write(`\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`);
      await settle();
    },
    async resize(width, height) {
      emulator.resize(width, height);
      Object.assign(stdout, { columns: width, rows: height });
      stdout.emit('resize');
      await settle();
    },
    settle,
    hasQuit: () => hasQuit,
    close: () => app.unmount(),
  };
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(() => setImmediate(resolve), milliseconds));
}

/** The next read comes before any timer of the app can run. */
async function atOnce(): Promise<void> {
  for (let tick = 0; tick < 4; tick++) await new Promise<void>((resolve) => process.nextTick(resolve));
}
