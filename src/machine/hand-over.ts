import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { InputError, reason } from './input-error.ts';

/** Shows a text in the person's pager, at a row; resolves when it is left. The terminal must be free for it. */
export async function page(text: string, name: string, row: number, env: NodeJS.ProcessEnv): Promise<void> {
  const words = wordsOf(env.PAGER) ?? ['less'];
  // Only of less is it known that it takes a row: less(1).
  const at = basename(words[0] ?? '') === 'less' && row > 0 ? [`+${row + 1}`] : [];
  await withFile(text, name, (path) => run([...words, ...at, path], env));
}

/** Hands a text to the person's editor, and gives back what became of it. */
export async function edit(text: string, name: string, env: NodeJS.ProcessEnv): Promise<string> {
  const words = wordsOf(env.VISUAL) ?? wordsOf(env.EDITOR) ?? ['vi'];
  return withFile(text, name, async (path) => {
    await run([...words, path], env);
    return readFileSync(path, 'utf8');
  });
}

/** A command with arguments, as cut at blanks: no shell sees it. */
function wordsOf(command: string | undefined): string[] | undefined {
  const words = command?.split(/\s+/).filter(Boolean) ?? [];
  return words.length > 0 ? words : undefined;
}

/** In a folder that only this person can look into, and gone afterwards. */
async function withFile<T>(text: string, name: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'vio-doctor-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ctrl-C is the other program's while it has the terminal. */
function run([file = '', ...words]: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  return new Promise<void>((resolve, reject) => {
    const child = spawn(file, words, { stdio: 'inherit', env });
    child.once('error', (error) => reject(new InputError(`${file}: not started: ${reason(error)}`)));
    child.once('close', () => resolve());
  }).finally(() => {
    process.off('SIGINT', ignore);
    // What is drawn next begins at the cursor, and a terminal has echoed ^C before it.
    if (process.stdout.isTTY) process.stdout.write('\r');
  });
}
