import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { edit, page } from '../../src/machine/hand-over.ts';

/** A program that notes its arguments, the mode of the file and what is in it. */
function program(body = ''): { path: string; seen: () => string[] } {
  const folder = mkdtempSync(join(tmpdir(), 'vio-doctor-test-'));
  const path = join(folder, 'less');
  const note = join(folder, 'seen');
  writeFileSync(
    path,
    `#!/bin/sh\nfor last; do :; done\nprintf '%s\\n' "$@" > ${note}\nls -ld "$last" | cut -c1-10 >> ${note}\ncat "$last" >> ${note}\n${body}\n`,
  );
  chmodSync(path, 0o755);
  return { path, seen: () => readFileSync(note, 'utf8').trimEnd().split('\n') };
}

test('a text is paged from its row on, in a private file that is gone afterwards', async () => {
  const { path, seen } = program();
  await page('one\ntwo\n', 'evidence.txt', 41, { ...process.env, PAGER: `${path} -S` });
  const [option, row, file = '', mode, ...text] = seen();
  expect([option, row, mode, text]).toEqual(['-S', '+42', '-rw-------', ['one', 'two']]);
  expect(file).toMatch(/vio-doctor-\w+\/evidence\.txt$/);
  expect(existsSync(file)).toBe(false);
  expect(existsSync(join(file, '..'))).toBe(false);
});

test('what the editor leaves is what comes back', async () => {
  const { path } = program('printf more >> "$last"');
  expect(await edit('text', 'mail.txt', { ...process.env, VISUAL: '', EDITOR: path })).toBe('textmore');
});

test('no shell sees $PAGER', async () => {
  const { path, seen } = program();
  await page('x', 'x.txt', 0, { ...process.env, PAGER: `${path} ; touch $HOME/no` });
  expect(seen().slice(0, 3)).toEqual([';', 'touch', '$HOME/no']);
});

test('a program that is not there is told', async () => {
  await expect(page('x', 'x.txt', 0, { PAGER: '/nonexistent/pager' })).rejects.toThrow(
    '/nonexistent/pager: not started: no such file or folder.',
  );
});
