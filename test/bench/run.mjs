// `npm run bench`: whole-process times of the built bundle against a rival, in one run, as ratios. Medians of several runs, after a warm-up.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePackets } from './packets.mjs';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'dist/vio-doctor.js');
const node = process.execPath;
const RUNS = 9;
const FIVE = 'msix per-VQ|RingEventIdx disabled by UKC|NETDEV WATCHDOG|watchdog timeout on queue|no carrier';

const folder = mkdtempSync(join(tmpdir(), 'vio-doctor-bench-'));
try {
  const log = join(folder, 'messages');
  writeLog(log, 100_000_000);
  const many = caseFiles(20);
  compare('--version', [node, bundle, '--version'], 'node -e 0', [node, '-e', '0'], 1.6);
  compare('diagnose --json, 20 files', [node, bundle, 'diagnose', '--json', ...many], 'node -e 0', [
    node,
    '-e',
    '0',
  ]);
  compare(
    'diagnose --json, 100 MB log',
    [node, bundle, 'diagnose', '--json', log],
    'grep -nE, five patterns',
    ['grep', '-nE', FIVE, log],
    2,
  );
  memory('diagnose --json, 100 MB log', ['diagnose', '--json', log], 150);
  const packets = join(folder, 'tap107i1.pcap');
  writePackets(packets, 100_000_000);
  compare(
    'diagnose --json, 100 MB packet capture, all checksums',
    [node, bundle, 'diagnose', '--json', packets],
    'tcpdump -nn -r',
    ['tcpdump', '-nn', '-r', packets],
    3,
  );
  memory('diagnose --json, 100 MB packet capture', ['diagnose', '--json', packets], 150);
} finally {
  rmSync(folder, { recursive: true });
}

function compare(name, ours, rival, theirs, bar) {
  const a = [];
  const b = [];
  for (let run = -1; run < RUNS; run++) {
    const pair = [time(ours), time(theirs)];
    if (run >= 0) {
      a.push(pair[0]);
      b.push(pair[1]);
    }
  }
  const ratio = median(a.map((value, index) => value / b[index]));
  const wanted = bar ? ` (bar ${bar})` : '';
  console.log(
    `${name}: ${median(a).toFixed(0)} ms; ${rival}: ${median(b).toFixed(0)} ms; ratio ${ratio.toFixed(2)}${wanted}`,
  );
}

function time([command, ...args]) {
  const start = process.hrtime.bigint();
  const { error } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C' },
    maxBuffer: 1 << 30,
  });
  if (error) throw error;
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function memory(name, args, bar) {
  const peak = 'process.on("exit",()=>process.stderr.write("#peak "+process.resourceUsage().maxRSS))';
  const { stderr } = spawnSync(
    node,
    ['--import', `data:text/javascript,${encodeURIComponent(peak)}`, bundle, ...args],
    { encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  console.log(
    `${name}: peak memory ${(Number(/#peak (\d+)/.exec(stderr)?.[1]) / 1024).toFixed(0)} MB (bar ${bar})`,
  );
}

function median(values) {
  return [...values].sort((x, y) => x - y)[values.length >> 1];
}

/** A log as a busy machine writes it: words of daemons in no order, some hundreds of lines about the NIC. Always the same. */
function writeLog(path, bytes) {
  const handle = openSync(path, 'w');
  const words =
    'accepted audit by closed connection disconnected for kernel msg named opened pam port publickey reached res root service session ssh2 started system systemd target timer type uid unit user'.split(
      ' ',
    );
  const daemons = ['sshd', 'cron', 'dhcpd', 'named', 'systemd', 'smtpd'];
  let seed = 1;
  const next = (below) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  let size = 0;
  for (let second = 0; size < bytes; second++) {
    const clock = new Date(second * 1000).toISOString().slice(11, 19);
    let block = '';
    for (let line = 0; line < 40; line++) {
      const said = Array.from({ length: 6 + next(8) }, () => words[next(words.length)]).join(' ');
      block += `Nov 20 ${clock} host${next(50)} ${daemons[next(6)]}[${1000 + next(30000)}]: ${said}\n`;
    }
    if (second % 100 === 0)
      block += `Nov 20 ${clock} fw /bsd: vio0: ctrl queue timeout\nNov 20 ${clock} fw kernel: NETDEV WATCHDOG: eth0 (virtio_net): transmit queue 0 timed out\n`;
    size += writeSync(handle, block);
  }
  closeSync(handle);
}

/** The files of the healthy case, again and again, until there are enough. */
function caseFiles(count) {
  const base = join(root, 'fixtures/cases');
  const files = readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.txt'))
    .map((file) => join(base, file));
  return files.filter((file) => existsSync(file)).slice(0, count);
}
