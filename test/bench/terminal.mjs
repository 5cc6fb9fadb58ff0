// What the benchmarks of the app share: a program in a real pty, its output in a terminal emulator.
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const SIZE = { cols: 80, rows: 24 };

export const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A program in a pty, its output in a terminal emulator; `shown` resolves with the milliseconds until it shows `what`. */
export function open(file, args, what, added = {}) {
  const emulator = new xterm.Terminal({ ...SIZE, allowProposedApi: true, scrollback: 0 });
  const start = performance.now();
  const { CI: _ci, NO_COLOR: _no, TMUX: _tmux, ...env } = process.env;
  const pty = spawn(file, args, { name: 'xterm-256color', ...SIZE, env: { ...env, ...added } });
  const waiting = new Set();
  const screen = () =>
    Array.from({ length: emulator.rows }, (_, row) =>
      emulator.buffer.active.getLine(emulator.buffer.active.baseY + row)?.translateToString(true),
    ).join('\n');
  pty.onData((data) => {
    const at = performance.now();
    emulator.write(data, () => {
      for (const one of [...waiting]) if (one(at)) waiting.delete(one);
    });
  });
  emulator.onData((data) => pty.write(data));
  /** When what is asked for was there: the time at which the bytes that show it came in. */
  const when = (is) =>
    new Promise((resolve) => {
      waiting.add((at) => {
        const isThere = is(screen());
        if (isThere) resolve(at);
        return isThere;
      });
    });
  return {
    pid: pty.pid,
    write: (keys) => pty.write(keys),
    screen,
    see: (pattern) =>
      pattern.test(screen()) ? Promise.resolve(performance.now()) : when((text) => pattern.test(text)),
    next: () => when(() => true),
    shown: when((text) => what.test(text)).then((at) => at - start),
    resize: (cols, rows) => {
      pty.resize(cols, rows);
      emulator.resize(cols, rows);
    },
    kill: () => pty.kill('SIGKILL'),
  };
}

export function say(name, value, unit, rest) {
  console.log(`${name}: ${value.toFixed(0)} ${unit} (${rest})`);
}

export function median(values) {
  return [...values].sort((x, y) => x - y)[values.length >> 1];
}
