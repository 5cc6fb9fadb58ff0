import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const BUNDLE = join(import.meta.dirname, '../../dist/vio-doctor.js');
export const CASES = join(import.meta.dirname, '../../fixtures/cases');

export type Ran = { code: number | null; out: string; err: string; peakMegabytes: number };

/** Written by the child at its end, so that its own peak memory is known. */
const PEAK =
  'process.on("exit", () => process.stderr.write("\\n#peak " + process.resourceUsage().maxRSS + "\\n"))';

/** Runs the built bundle as a user does: another process, no terminal. */
export function run(
  args: readonly string[],
  options: { input?: string | Buffer; node?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Ran> {
  const node = options.node ?? process.execPath;
  const preload = ['--import', `data:text/javascript,${encodeURIComponent(PEAK)}`];
  const child = spawn(node, [...preload, BUNDLE, ...args], { env: { ...process.env, ...options.env } });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (bytes) => out.push(bytes));
  child.stderr.on('data', (bytes) => err.push(bytes));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const said = Buffer.concat(err).toString();
      const peak = /#peak (\d+)/.exec(said)?.[1];
      const text = said.replace(/\n#peak \d+\n/, '');
      resolve({
        code,
        out: Buffer.concat(out).toString(),
        err: text,
        peakMegabytes: Number(peak ?? 0) / 1024,
      });
    });
  });
}

export function scratch(): string {
  return mkdtempSync(join(tmpdir(), 'vio-doctor-test-'));
}
