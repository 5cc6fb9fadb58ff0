import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BUNDLE, run, scratch } from './run.ts';
import { canTrace, traced } from './strace.ts';
import { has } from './stubs.ts';

// Real runs on this machine, as root and as a user: nothing is written but the bundle, no module is loaded, nothing is set.
const isLinux = process.platform === 'linux';
const isRoot = process.getuid?.() === 0;
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];

const COLLECT = [process.execPath, BUNDLE, 'collect'];

/** How each may be run: as what machine, and by whom. */
const RUNS = (['guest', 'host'] as const).flatMap((machine) => [
  { machine, who: isRoot ? 'root' : 'this user', as: [] as string[] },
  ...(isRoot && has('setpriv') ? [{ machine, who: 'a user', as: NOBODY }] : []),
]);

function modules(): string[] {
  const path = '/proc/modules';
  const rows = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return rows.map((row) => row.split(' ')[0] ?? '').sort();
}

/** A folder that everybody may write to. */
function openFolder(): string {
  const folder = scratch();
  chmodSync(folder, 0o777);
  return folder;
}

const words = (machine: string, file: string) => [
  ...['--yes', '--as', machine, '--interval', '1', '-o', file],
  ...(isRoot ? ['--tcpdump', '--seconds', '1'] : []),
];

describe.skipIf(!isLinux)('all Linux probes', () => {
  describe.skipIf(!has('strace') || !canTrace())('under strace', () => {
    test.each(RUNS)('as a $machine, run by $who', async ({ machine, as }) => {
      const folder = openFolder();
      const file = join(folder, 'bundle.txt');
      const before = modules();
      const { code, err, changes, programs } = traced([...as, ...COLLECT, ...words(machine, file)], folder);
      expect(code, err).toBe(0);
      expect(changes).toEqual([]);
      expect(modules()).toEqual(before);
      expect(programs.length).toBeGreaterThan(10);
      expect(readdirSync(folder)).toEqual(['bundle.txt']);
      await seeDiagnosis(file);
    });

    test.each(['linux', 'linux-host'])('the sh collector for %s', async (system) => {
      const folder = openFolder();
      const script = join(scratch(), 'collector.sh');
      await run(['script', system, '-o', script]);
      const file = join(folder, 'bundle.txt');
      const { code, err, changes } = traced(['sh', script, '-i', '0', '-o', file], folder);
      expect(code, err).toBe(0);
      expect(changes).toEqual([]);
      await seeDiagnosis(file);
    });

    test('the check itself sees a file that is written, renamed or removed, and a link that is set', () => {
      const folder = openFolder();
      const bad = join(scratch(), 'outside');
      const script = [
        `echo x > '${bad}'; mv '${bad}' '${bad}.2'; rm '${bad}.2'`,
        // Neither the route nor the interface is there.
        'ip route del 192.0.2.77/32; ethtool --cable-test no-such-link',
      ].join('; ');
      const changes = traced(['sh', '-c', script], folder).changes.join('\n');
      expect(changes).toMatch(/O_WRONLY\|O_CREAT[\s\S]*rename[\s\S]*unlink/);
      if (has('ip')) expect(changes).toMatch(/RTM_DELROUTE/);
      if (has('ethtool')) expect(changes).toMatch(/nlmsg_type=ethtool/);
    });
  });

  // Without strace: everything but the bundle's folder is read-only, and what cannot be written cannot be changed.
  describe.skipIf(!isRoot || !canMount())('in a namespace where all but one folder is read-only', () => {
    test.each(RUNS.filter(({ as }) => as.length === 0))('as a $machine', async ({ machine }) => {
      const folder = openFolder();
      const file = join(folder, 'bundle.txt');
      const script = `${READ_ONLY}; exec "$@"`;
      const argv = ['-m', 'sh', '-c', script, 'sh', ...COLLECT, ...words(machine, file)];
      const ran = spawnSync('unshare', argv, { encoding: 'utf8', env: { ...process.env, FOLDER: folder } });
      expect(ran.status, ran.stderr).toBe(0);
      const text = readFileSync(file, 'utf8');
      expect(text).toMatch(/\n#== done \d+\n$/);
      expect(text).not.toMatch(/[Rr]ead-only file system/);
      await seeDiagnosis(file);
    });
  });

  test('one of the two ways to watch it works here', () => {
    expect((has('strace') && canTrace()) || (isRoot && canMount())).toBe(true);
  });
});

const READ_ONLY =
  'mount --make-rprivate / && mount --bind "$FOLDER" "$FOLDER" && for m in $(awk \'$5 != "/proc" && $5 !~ /^\\/(proc|dev)/ {print $5}\' /proc/self/mountinfo); do [ "$m" = "$FOLDER" ] || mount -o remount,bind,ro "$m" 2>/dev/null || true; done';

function canMount(): boolean {
  return (
    spawnSync('unshare', ['-m', 'sh', '-c', 'mount --make-rprivate / && mount -o remount,bind,ro /'])
      .status === 0
  );
}

async function seeDiagnosis(file: string): Promise<void> {
  const { code, out } = await run(['diagnose', '--json', file]);
  expect([0, 1, 2]).toContain(code);
  expect(JSON.parse(out).samples.length).toBeGreaterThan(3);
}
