// `npm run bench`: how long `collect` takes beyond its slowest chain, and how soon it says something. The commands of the guests are stood
// in for by programs that take a second each; the chain is what rules/probes says must come one after another.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const bundle = join(root, 'dist/vio-doctor.js');
const SECONDS = 1;
const INTERVAL = 1;
const folder = mkdtempSync(join(tmpdir(), 'vio-doctor-bench-'));
try {
  const cases = join(root, 'fixtures/cases');
  await measure('openbsd', 'OpenBSD 7.8', `${cases}/no-carrier-vlan-40/guest/dmesg.txt`);
  await measure('linux', 'Linux 6.1.0', `${cases}/healthy-linux-6.1/guest/ip-addr.txt`);
  await measure('freebsd', 'FreeBSD 14.1-RELEASE', `${cases}/healthy-freebsd-14/guest/dmesg.txt`);
} finally {
  rmSync(folder, { recursive: true });
}

async function measure(system, uname, names) {
  const probes = parse(readFileSync(join(root, `rules/probes/${system}.yaml`), 'utf8')).probes;
  const bin = join(folder, system);
  mkdirSync(bin);
  const commands = new Set(['uname', 'cat', 'id', 'find', ...probes.map(({ argv }) => argv[0])]);
  // What names the NICs, whichever command was asked for it; `sleep` itself is the system's.
  for (const name of commands) {
    const says = name === 'uname' ? `echo '${uname}'` : `/bin/cat '${names}'`;
    writeFileSync(join(bin, name), `#!/bin/sh\n/bin/sleep ${SECONDS}\n${says}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const from = performance.now();
  const words = [
    'collect',
    '--as',
    'guest',
    '-y',
    '--interval',
    String(INTERVAL),
    '-o',
    join(folder, `${system}.txt`),
  ];
  const child = spawn(process.execPath, [bundle, ...words], {
    env: { ...process.env, PATH: `${bin}:/usr/bin:/bin` },
  });
  let first;
  let err = '';
  child.stderr.on('data', (data) => {
    first ??= performance.now() - from;
    err += data;
  });
  await new Promise((resolve) => child.on('close', resolve));
  const total = (performance.now() - from) / 1000;
  const runs = Number(/^collecting: (\d+) commands/m.exec(err)?.[1]);
  // uname, then the other looks, then what names the NICs; then the groups between what must be alone, and the second readings.
  const groups = 1 + 2 * probes.filter(({ alone }) => alone).length;
  const chain = (3 + groups + 1) * SECONDS + INTERVAL;
  console.log(
    `collect, ${system} guest, ${runs} commands of ${SECONDS} s: ${total.toFixed(1)} s; slowest chain: ${chain} s; beyond it ${(total - chain).toFixed(1)} s (bar 3); ratio to one by one ${(total / (runs + INTERVAL)).toFixed(2)}; first word after ${first?.toFixed(0)} ms (bar 200)`,
  );
}
