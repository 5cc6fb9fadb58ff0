// What the app keeps in use while somebody uses it: all screens up and down, outputs pasted and taken back, reports written, the window resized.
// `npm run bench` does so as fast as the app follows; `npm run bench:hour` at a person's pace, for an hour.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { later, median, open, say } from './terminal.mjs';

const bundle = join(import.meta.dirname, '../../dist/vio-doctor.js');
const MINUTES = Number(process.argv[2] ?? 0);
const ROUNDS = 60;
/** Milliseconds between two reads of keys. */
const PACE = MINUTES > 0 ? 350 : 4;
const FINDINGS = /^vio-doctor: Findings/;
const START = /^vio-doctor: Start/;
const READS = [
  'jjjjjkkkkk',
  '\x1b[6~',
  '2',
  'e',
  'nNnN',
  '\t',
  'GgGg',
  '/',
  'vio\r',
  'nnn',
  '\x1b',
  'p',
  'jjjjkk',
  '  ',
  'x',
  '\t\t',
  'rsr',
  '?',
  'G',
  '\x1b',
  '\x1b',
];

const folder = mkdtempSync(join(tmpdir(), 'vio-doctor-bench-'));
try {
  await use();
} finally {
  rmSync(folder, { recursive: true });
}

async function use() {
  const heap = join(folder, 'heap');
  const env = { XDG_STATE_HOME: folder };
  const app = open(process.execPath, [...noting(heap), bundle, 'demo'], /Fault:/, env);
  await app.shown;
  const samples = [];
  const start = performance.now();
  const goesOn = (round) => (MINUTES > 0 ? performance.now() - start < MINUTES * 60_000 : round < ROUNDS);
  let sent = 0;
  let round = 0;
  for (; goesOn(round); round++) {
    for (const read of READS) {
      app.write(read);
      sent += [...read].length;
      await later(PACE);
    }
    await backTo(FINDINGS, app);
    if (round % 3 === 2) await pasteAndTakeBack(app, round);
    if (round % 3 === 0 && existsSync(heap)) {
      samples.push({ heap: Number(readFileSync(heap, 'utf8')) / 1e6, resident: residentOf(app.pid) });
      if (MINUTES > 0 && round % 30 === 0) tell(round, samples.at(-1), start);
    }
  }
  const spent = (performance.now() - start) / 60_000;
  report(`memory in use after ${sent} keys, ${round} rounds, ${spent.toFixed(0)} min`, samples, 'heap');
  report('all that the process holds meanwhile', samples, 'resident');
  app.kill();
}

/** The heap after each collection of garbage, twice a second, into a file. */
function noting(file) {
  const preload = `import { renameSync, writeFileSync } from 'node:fs'; import v8 from 'node:v8'; import vm from 'node:vm';
    import { isMainThread } from 'node:worker_threads';
    v8.setFlagsFromString('--expose_gc');
    const gc = vm.runInNewContext('gc');
    const note = () => {
      gc();
      writeFileSync(${JSON.stringify(`${file}.new`)}, String(process.memoryUsage().heapUsed));
      renameSync(${JSON.stringify(`${file}.new`)}, ${JSON.stringify(file)});
    };
    if (isMainThread) setInterval(note, ${MINUTES > 0 ? 5000 : 500}).unref();`;
  return ['--import', `data:text/javascript,${encodeURIComponent(preload)}`];
}

/** A log of 100 kB with an ifconfig below, another one each time, in a smaller window; then the built-in case again. */
async function pasteAndTakeBack(app, round) {
  const log = `Nov 20 10:00:01 fw sshd[${round}]: nothing about the network here at all\n`.repeat(1500);
  const ifconfig = `vio0: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu ${1000 + (round % 500)}\n\tstatus: no carrier\n`;
  app.write(`\x1b[200~${(log + ifconfig).replaceAll('\n', '\r')}\x1b[201~`);
  await app.see(/^paste-\d+: |put aside/m);
  app.resize(60, 20);
  await later(10 * PACE);
  app.resize(80, 24);
  await backTo(FINDINGS, app);
  app.write('u');
  await later(10 * PACE);
  await backTo(START, app);
  app.write('d');
  await app.see(/Fault:/);
}

/** No further than the app has come: back to where it began, a key at a time. */
async function backTo(where, app) {
  while (!where.test(app.screen())) {
    // A frame that came late: one step too far.
    const isTooFar = where === FINDINGS && START.test(app.screen());
    app.write(isTooFar ? 'f' : '\x1b');
    await later(60);
  }
}

/** Megabytes in memory, of all its threads. */
function residentOf(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;
}

function tell(round, { heap, resident }, start) {
  const minutes = ((performance.now() - start) / 60_000).toFixed(0);
  console.log(
    `  ${minutes} min, round ${round}: heap ${heap.toFixed(1)} MB, resident ${resident.toFixed(0)} MB`,
  );
}

function report(name, samples, what) {
  const values = samples.map((sample) => sample[what]);
  const third = Math.floor(values.length / 3);
  const middle = median(values.slice(third, 2 * third));
  const last = median(values.slice(-third));
  say(name, last, 'MB', `${middle.toFixed(1)} in the middle third; bar: no growth`);
}
