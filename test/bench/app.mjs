// `npm run bench`: the app in a real pty. Times are from the key that is sent to the first bytes of the frame that comes back.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { later, median, open, say } from './terminal.mjs';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'dist/vio-doctor.js');
const node = process.execPath;
const RUNS = 9;
const ROWS = 200_000;
const IFCONFIG =
  'vio0: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500\n\tlladdr 52:54:00:00:00:01\n\tindex 1 priority 0 llprio 3\n\tstatus: no carrier\n';

const folder = mkdtempSync(join(tmpdir(), 'vio-doctor-bench-'));
try {
  await firstPaint();
  const log = 'Nov 20 10:00:01 fw sshd[1]: nothing about the network here at all\n';
  await paste(log.repeat(75_000) + IFCONFIG);
  await compare(log.repeat(75_000));
  const rows = Array.from({ length: ROWS }, (_, row) => `Nov 20 10:00:${row % 60} fw x ${row}\n`);
  const app = await open(node, [bundle], /Paste what you have/);
  await app.shown;
  app.write(bracketed(IFCONFIG + rows.join('')));
  await app.see(/Fault: the interface is not up/);
  await keys(app);
  await idle(app);
  app.kill();
} finally {
  rmSync(folder, { recursive: true });
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
async function paste(text) {
  const app = open(node, [bundle], /Paste what you have/);
  await app.shown;
  // The thread that diagnoses is made a second after the first frame.
  await later(2000);
  const start = performance.now();
  app.write(bracketed(text));
  const found = app.see(/Fault: the interface is not up/);
  let isFound = false;
  void found.then(() => {
    isFound = true;
  });
  // Keys wait in the line behind the paste: only when that is read do they tell how long a frame takes.
  const read = (await app.see(/Reading \d|Fault:/)) - start;
  const gaps = [0];
  for (let key = 0; !isFound; key++) {
    const isDown = key % 2 === 0;
    const frame = app.see(isDown ? /^> 2|Fault:/m : /^> 1|Fault:/m);
    const pressed = performance.now();
    app.write(isDown ? 'j' : 'k');
    gaps.push((await frame) - pressed);
    await later(20);
  }
  const megabytes = (text.length / 1e6).toFixed(1);
  say(`paste of ${megabytes} MB to its finding`, (await found) - start, 'ms', 'bar 1000');
  say(
    'longest wait for a frame while it is diagnosed',
    Math.max(...gaps),
    'ms',
    `bar 100; ${gaps.length - 1} keys; all of it was read after ${read.toFixed(0)}`,
  );
  app.kill();
}

/** The same after the fix: two of them are held against each other. */
async function compare(log) {
  const app = await open(node, [bundle], /Paste what you have/);
  await app.shown;
  await later(2000);
  app.write(bracketed(log + IFCONFIG));
  await app.see(/Fault: the interface is not up/);
  app.write('r');
  await app.see(/Did the fix take/);
  const start = performance.now();
  app.write(bracketed(log + IFCONFIG.replace('8802<', '8843<UP,RUNNING,').replace('no carrier', 'active')));
  const told = app.see(/GONE/);
  let isTold = false;
  void told.then(() => {
    isTold = true;
  });
  const read = (await app.see(/Comparing|GONE/)) - start;
  const gaps = [0];
  for (let key = 0; !isTold; key++) {
    const frame = app.see(key % 2 === 0 ? /^vio-doctor: Plan|GONE/m : /^vio-doctor: Compare|GONE/m);
    const pressed = performance.now();
    app.write(key % 2 === 0 ? 'p' : 'r');
    gaps.push((await frame) - pressed);
    await later(20);
  }
  say('comparison of 5 MB with 5 MB', (await told) - start, 'ms', 'no bar');
  say(
    'longest wait for a frame while they are compared',
    Math.max(...gaps),
    'ms',
    `bar 100; ${gaps.length - 1} keys; all of it was read after ${read.toFixed(0)}`,
  );
  app.kill();
}

function bracketed(text) {
  return `\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`;
}

async function keys(app) {
  while (!/^vio-doctor: Findings/.test(app.screen())) {
    app.write('\x1b');
    await later(150);
  }
  app.write('e');
  await app.see(/of 200\d{3}/);
  const searched = app.see(/Match \d+ of/);
  const start = performance.now();
  app.write('/');
  await app.see(/Search:/);
  app.write('x 199\r');
  say('search through all rows', (await searched) - start, 'ms', 'no bar');
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
}

async function idle(app) {
  await later(3000);
  // V8 collects garbage once more, some seconds after the last work: hence several times.
  const ticks = [];
  for (let time = 0; time < 3; time++) {
    const before = cpuTicks(app.pid);
    await later(5000);
    ticks.push(cpuTicks(app.pid) - before);
  }
  say('idle for 5 s', median(ticks), 'ticks of CPU', `bar 0; three times: ${ticks.join(', ')}`);
}

/** Ticks in user and system mode: proc(5), fields 14 and 15. */
function cpuTicks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}
