// The half of `npm run bench` that is measured inside one process: the stages of a case of forty files, and texts of a size that no machine prints.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join as joinPath } from 'node:path';
import { facts } from '../../src/case/facts.ts';
import { join } from '../../src/case/join.ts';
import { readOnce } from '../../src/case/read-once.ts';
import { loadKnowledge } from '../../src/commands/knowledge.ts';
import { diagnose } from '../../src/diagnose/diagnose.ts';
import { summarize } from '../../src/diagnose/summarize.ts';
import { doctor } from '../../src/doctor.ts';
import type { Capture, Side } from '../../src/model/capture.ts';
import { readCapture } from '../../src/parse/read-capture.ts';
import { formatNamed } from '../../src/report/formats.ts';
import { MANY } from './many.ts';

const ROOT = process.cwd();
const CASES = joinPath(ROOT, 'fixtures/cases');
/** What the lab's one VM and its host printed while it was well, and in two of its faults. */
const LAB = ['lab-healthy-pervq', 'lab-ring-event-idx-off', 'lab-ring-lost-interrupt', 'lab-tso-rawfwd-drop'];
const FILES = 40;
const RUNS = 25;
const FIVE = 'msix per-VQ|RingEventIdx disabled by UKC|NETDEV WATCHDOG|watchdog timeout on queue|no carrier';

/** Of other things 10,000. */
const COUNTS: Readonly<Record<string, number>> = {
  'interfaces of OpenBSD': 50_000,
  'interfaces of Linux': 50_000,
  'bridges of Linux': 50_000,
  'bridges of OpenBSD': 50_000,
  'MACs of a bridge': 50_000,
  'lines of dmesg': 100_000,
};

const knowledge = await loadKnowledge();
benchCase(labFiles().slice(0, FILES));
benchLarge();

type Stages = Record<'parse' | 'join' | 'facts' | 'rules' | 'report', number>;

function benchCase(paths: readonly string[]): void {
  const captures = paths.map((path): Capture => {
    const [side = 'unknown'] = path.split('/').slice(-2);
    return {
      name: path,
      side: side as Side,
      origin: 'file',
      text: readFileSync(joinPath(CASES, path), 'utf8'),
    };
  });
  const cold = stagesOf(captures);
  for (let run = 0; run < 10; run++) stagesOf(captures);
  const warm = Array.from({ length: RUNS }, () => stagesOf(captures));
  const grep = Array.from({ length: RUNS }, () =>
    time(() => void spawnSync('grep', ['-nE', FIVE, ...paths], { cwd: CASES })),
  );
  const middle = (stage: keyof Stages) => median(warm.map((one) => one[stage]));
  for (const stage of ['parse', 'join', 'facts', 'report'] as const)
    console.log(
      `${FILES} files, ${stage}: ${middle(stage).toFixed(1)} ms; cold ${cold[stage].toFixed(0)} ms`,
    );
  console.log(
    `${FILES} files, all ${knowledge.rulebook.rules.length} rules: ${middle('rules').toFixed(1)} ms; cold ${cold.rules.toFixed(0)} ms (bar 50); grep -nE, five patterns: ${median(grep).toFixed(1)} ms; ratio ${(middle('rules') / median(grep)).toFixed(2)}`,
  );
}

/** Facts and rules each of a case of its own: what was found out once of a case is remembered with it. */
function stagesOf(captures: readonly Capture[]): Stages {
  const clock = stopwatch();
  const readings = captures.map((capture) => readCapture(capture));
  const parse = clock();
  const samples = readings.flatMap(({ samples }) => samples.map((sample) => ({ ...sample, isPlaced: true })));
  const kase = join(samples, knowledge.drivers);
  const joined = clock();
  const own = readOnce(facts);
  const diagnosis = diagnose(kase, knowledge.rulebook, own);
  const rules = clock();
  summarize({ captures, readings, complaint: null, kase, diagnosis, knowledge, facts: own }, []);
  const report = clock();
  const other = join(samples, knowledge.drivers);
  clock();
  for (const nic of other.nics) for (const fact of facts.values()) fact.read(nic, other);
  return { parse, join: joined, facts: clock(), rules, report };
}

function stopwatch(): () => number {
  let from = performance.now();
  return () => {
    const now = performance.now();
    const spent = now - from;
    from = now;
    return spent;
  };
}

function labFiles(): string[] {
  return LAB.flatMap((name) =>
    ['guest', 'host'].flatMap((side) =>
      readdirSync(joinPath(CASES, name, side))
        .sort()
        .map((file) => `${name}/${side}/${file}`),
    ),
  );
}

/** Bars in ms; the counts are those that somebody might make by hand, or by a loop. */
function benchLarge(): void {
  const outputs = readdirSync(CASES, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(joinPath(CASES, name), 'utf8'))
    .join('\n');
  const log = 'Nov 20 10:00:01 fw sshd[1]: nothing about the network here at all\n';
  large('5 MB of a log, pasted', log.repeat(5_000_000 / log.length), 1000);
  large(
    '5 MB of outputs of all kinds',
    outputs.repeat(Math.ceil(5_000_000 / outputs.length)).slice(0, 5_000_000),
    2500,
  );
  for (const [name, make] of Object.entries(MANY)) {
    const count = COUNTS[name] ?? 10_000;
    large(`${count} ${name}`, make(count), 20_000);
  }
}

function large(name: string, text: string, bar: number): void {
  let findings = 0;
  const spent = time(() => {
    const report = doctor([{ name: 'paste-1', side: 'unknown', origin: 'pasted', text }], null, knowledge);
    findings = report.findings.length;
    formatNamed('json').render(report);
  });
  const megabytes = (text.length / 1e6).toFixed(1);
  console.log(`${name} (${megabytes} MB): ${spent.toFixed(0)} ms (bar ${bar}); ${findings} findings`);
}

function time(what: () => void): number {
  const from = performance.now();
  what();
  return performance.now() - from;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
