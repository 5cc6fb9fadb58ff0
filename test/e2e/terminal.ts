import { type IPty, spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { BUNDLE, scratch } from './run.ts';

export type Terminal = {
  /** What stands on the screen now, one string a row. */
  screen(): string[];
  text(): string;
  /** Waits until the screen shows it; throws with the screen when it does not within the time. */
  see(what: RegExp, milliseconds?: number): Promise<void>;
  press(keys: string): Promise<void>;
  paste(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Everything that the program wrote, as it wrote it. */
  bytes(): string;
  exited: Promise<number>;
  kill(signal?: string): void;
};

/** The built bundle in a real pty, its output in a terminal emulator: tests read the screen, not the stream. */
export function openTerminal(
  args: readonly string[],
  size: { columns: number; rows: number },
  env: NodeJS.ProcessEnv = {},
  node: string = process.execPath,
  cwd: string = scratch(),
): Terminal {
  const emulator = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    allowProposedApi: true,
    scrollback: 0,
  });
  const pty: IPty = spawn(node, [BUNDLE, ...args], {
    name: env.TERM ?? 'xterm-256color',
    cols: size.columns,
    rows: size.rows,
    cwd,
    env: { ...inherited(), ...env } as Record<string, string>,
  });
  let written = '';
  pty.onData((data) => {
    written += data;
    emulator.write(data);
  });
  // Answers to the program's queries go back, as a terminal's do.
  emulator.onData((data) => pty.write(data));
  const exited = new Promise<number>((resolve) => pty.onExit(({ exitCode }) => resolve(exitCode)));
  const screen = () => {
    const buffer = emulator.buffer.active;
    return Array.from(
      { length: emulator.rows },
      (_, row) => buffer.getLine(buffer.baseY + row)?.translateToString(true) ?? '',
    );
  };
  const settle = (milliseconds = 60) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));
  return {
    screen,
    text: () => screen().join('\n'),
    async see(what, milliseconds = 8000) {
      const end = Date.now() + milliseconds;
      while (Date.now() < end) {
        if (what.test(screen().join('\n'))) return;
        await settle(25);
      }
      throw new Error(`not seen within ${milliseconds} ms: ${what}\n${screen().join('\n')}`);
    },
    async press(keys) {
      pty.write(keys);
      await settle();
    },
    async paste(text) {
      // As terminals do: line ends of a paste arrive as carriage returns.
      pty.write(`\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`);
      await settle();
    },
    async resize(columns, rows) {
      pty.resize(columns, rows);
      emulator.resize(columns, rows);
      await settle(200);
    },
    bytes: () => written,
    exited,
    kill: (signal) => pty.kill(signal),
  };
}

/** What the test runner and CI say of colours and terminals is not said to the program. */
function inherited(): NodeJS.ProcessEnv {
  const { CI: _ci, NO_COLOR: _no, FORCE_COLOR: _force, TMUX: _tmux, ...rest } = process.env;
  return { ...rest, XDG_STATE_HOME: scratch() };
}
