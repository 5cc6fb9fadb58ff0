// `npm run bench`: the app in a real pty. Times are from the key that is sent to the first bytes of the frame that comes back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'dist/vio-doctor.js');
const node = process.execPath;
const RUNS = 9;
const ROWS = 200_000;
const SIZE = { cols: 80, rows: 24 };
const IFCONFIG =
  'vio0: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr 52:54:00:00:00:01\n\tindex 1 priority 0 llprio 3\n\tstatus: no carrier\n';

const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const folder = mkdtempSync(join(tmpdir(), 'vio-doctor-bench-'));
try {
  await firstPaint();
  const text =
    IFCONFIG + Array.from({ length: ROWS }, (_, row) => `Nov 20 10:00:${row % 60} fw x ${row}\n`).join('');
  const app = open(node, [bundle], /Paste what you have/);
  await app.shown;
  await paste(app, text);
  await keys(app);
  await idle(app);
  await memory(app);
  app.kill();
} finally {
  rmSync(folder, { recursive: true });
}

/** A program in a pty, its output in a terminal emulator; `shown` resolves with the milliseconds until it shows `what`. */
function open(file, args, what) {
  const emulator = new xterm.Terminal({ ...SIZE, allowProposedApi: true, scrollback: 0 });
  const start = performance.now();
  const { CI: _ci, NO_COLOR: _no, TMUX: _tmux, ...env } = process.env;
  const pty = spawn(file, args, { name: 'xterm-256color', ...SIZE, env });
  const waiting = new Set();
  const screen = () =>
    Array.from({ length: SIZE.rows }, (_, row) =>
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
    kill: () => pty.kill('SIGKILL'),
  };
}

async function firstPaint() {
  const file = join(folder, 'page.txt');
  writeFileSync(file, 'Paste what you have\n'.repeat(500));
  const ours = [];
  const pager = [];
  const bare = [];
  for (let run = -1; run < RUNS; run++) {
    const app = open(node, [bundle], /Paste what you have/);
    const painted = await app.shown;
    app.kill();
    const less = open('less', [file], /Paste what you have/);
    const paged = await less.shown;
    less.kill();
    const start = performance.now();
    spawnSync(node, ['-e', '0']);
    if (run < 0) continue;
    ours.push(painted);
    pager.push(paged);
    bare.push(performance.now() - start);
  }
  say(
    'first paint',
    median(ours),
    'ms',
    `bar 700; less ${median(pager).toFixed(0)}, node -e 0 ${median(bare).toFixed(0)}`,
  );
}

/** Five megabytes at once, and keys all the while: is the screen ever stuck? */
async function paste(app, text) {
  const start = performance.now();
  app.write(`\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`);
  const found = app.see(/Fault: the interface is not up/);
  let isFound = false;
  void found.then(() => {
    isFound = true;
  });
  const gaps = [];
  for (let key = 0; !isFound; key++) {
    const frame = app.next();
    const pressed = performance.now();
    app.write(key % 2 === 0 ? 'j' : 'k');
    gaps.push((await frame) - pressed);
    await later(20);
  }
  say(
    `paste of ${(text.length / 1e6).toFixed(1)} MB to its finding`,
    (await found) - start,
    'ms',
    'bar 1000',
  );
  // The first key waits in the line behind the paste.
  const [behind = 0, ...others] = gaps;
  say(
    'longest wait for a frame meanwhile',
    Math.max(0, ...others),
    'ms',
    `bar 100; ${others.length} keys; the paste itself read after ${behind.toFixed(0)}`,
  );
}

async function keys(app) {
  while (!/^vio-doctor: Findings/.test(app.screen())) {
    app.write('\x1b');
    await later(150);
  }
  app.write('e');
  await app.see(/of 200\d{3}/);
  for (const [name, key] of [
    ['j', 'j'],
    ['page down', '\x1b[6~'],
    ['G, g', 'Gg'],
    ['n', 'n'],
  ]) {
    const times = [];
    for (let press = 0; press < 60; press++) {
      const frame = app.next();
      const start = performance.now();
      app.write(name === 'G, g' ? key[press % 2] : key);
      times.push((await frame) - start);
      await later(15);
    }
    times.sort((a, b) => a - b);
    say(
      `key to frame, ${ROWS} rows, ${name}`,
      median(times),
      'ms',
      `bar 50; slowest of 60 ${times.at(-1).toFixed(0)}`,
    );
  }
  const searched = app.see(/Match \d+ of/);
  const start = performance.now();
  app.write('/');
  await app.see(/Search:/);
  app.write('x 1999\r');
  say('search through all rows', (await searched) - start, 'ms', 'no bar');
}

async function idle(app) {
  await later(3000);
  const before = cpuTicks(app.pid);
  await later(5000);
  say('idle for 5 s', cpuTicks(app.pid) - before, 'ticks of CPU', 'bar 0');
}

/** Ticks in user and system mode: proc(5), fields 14 and 15. */
function cpuTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** All screens up and down, again and again. */
async function memory(app) {
  const ROUNDS = 1500;
  const samples = [];
  let sent = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const read of [
      'jjjkk',
      '\x1b[6~',
      'nN',
      '\t',
      'G',
      'g',
      '\x1b',
      'p',
      'jj',
      'e',
      'x',
      '\t',
      '?',
      '\x1b',
      'f',
      '\x1b',
      '\x1b',
      'fe',
    ]) {
      app.write(read);
      sent += [...read].length;
      await later(1);
    }
    if (round % 25 === 0) samples.push(rss(app.pid));
  }
  const third = Math.floor(samples.length / 3);
  const first = median(samples.slice(third, 2 * third));
  const last = median(samples.slice(-third));
  say(`memory after ${sent} keys`, last, 'MB', `${first.toFixed(0)} in the middle third; bar: no growth`);
}

function rss(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

function say(name, value, unit, rest) {
  console.log(`${name}: ${value.toFixed(0)} ${unit} (${rest})`);
}

function median(values) {
  return [...values].sort((x, y) => x - y)[values.length >> 1];
}
