import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { formatNamed } from '../../src/report/formats.ts';
import { dialogue } from '../../src/ui/plain/dialogue.ts';
import { runPlainApp } from '../../src/ui/plain/plain-app.ts';
import { typedLines } from '../../src/ui/plain/typed-lines.ts';
import { IFCONFIG, standInWorld } from './world.ts';

const saved = new Map<string, string>();
const world = standInWorld({
  render: (one, format, { redact }) => `${redact ? 'redacted\n' : ''}${formatNamed(format).render(one)}`,
  save: async (path, text) => {
    saved.set(path, text);
    return `/here/${path}`;
  },
});

/** What is printed when these lines are typed, one after the other, and then no more. */
async function typed(lines: readonly string[], rows: number | null = null): Promise<string> {
  const input = new PassThrough();
  input.end(lines.map((line) => `${line}\n`).join(''));
  let shown = '';
  const write = (text: string) => {
    shown += text;
  };
  await runPlainApp(
    world,
    dialogue(typedLines(input), write, () => rows),
    { demo: false },
  );
  return shown;
}

describe('the plain mode', () => {
  test('shows the built-in case: the answer, then what can be asked', async () => {
    const shown = await typed(['4', '0']);
    expect(shown).toContain('Fault: the interface is not up in the guest (vio1), certain.');
    expect(shown).toContain('guest# ifconfig vio1 up');
    expect(shown.endsWith('Number: ')).toBe(true);
  });

  test('takes a paste up to the line with a single dot, and the answer moves', async () => {
    const shown = await typed(['1', ...IFCONFIG.trimEnd().split('\n'), '.', '0']);
    expect(shown).toContain('Fault: the interface is not up in the guest (vio1), certain.');
  });

  test('takes a paste that nobody announced for one, and never for answers', async () => {
    const shown = await typed([...IFCONFIG.trimEnd().split('\n'), '0', '.', '0']);
    expect(shown).toContain('Fault: the interface is not up in the guest (vio1), certain.');
    expect(shown).not.toContain('There is no');
  });

  test('reads the plan and the evidence of a finding, with the lines around it', async () => {
    const shown = await typed(['4', '2', '1', '3', '1', '0']);
    expect(shown).toContain('Way back: guest# ifconfig vio1 down');
    expect(shown).toMatch(/^> 1 {2}vio1: flags=2008802/m);
    expect(shown).toMatch(/^ {2}2 {2}/m);
  });

  test('says that a file is not there, and goes on', async () => {
    const shown = await typed(['2', 'nowhere.txt', '2', 'ok.txt', '0']);
    expect(shown).toContain('nowhere.txt: no such file or folder.');
    expect(shown).toContain('1 file read.');
    expect(shown).toContain('vio1');
  });

  test('writes a report, redacted unless the person says no', async () => {
    await typed(['4', '8', '4', '', 'bug.txt', '8', '4', 'no', 'real.txt', '0']);
    expect(saved.get('bug.txt')).toMatch(/^redacted\n/);
    expect(saved.get('real.txt')).toMatch(/bugs@openbsd\.org/);
    expect(saved.get('real.txt')).not.toMatch(/^redacted/);
  });

  test('what the person sees is evidence', async () => {
    expect(await typed(['3', '1', '0'])).toContain('(no link)');
  });

  test('an answer that is none is told, and the end of the input leaves', async () => {
    expect(await typed(['77'])).toContain('There is no 77 here');
  });

  test('a page at a time, for a person; q ends the text', async () => {
    const shown = await typed(['4', '', '', '1', '', 'q', '0'], 12);
    expect(shown).toContain('more lines: Enter goes on, q ends');
    expect(shown.split('\n').length).toBeLessThan(80);
  });

  test('escape sequences of a paste are shown, not sent', async () => {
    const shown = await typed(['1', `\x1b]0;x\x07\x1b[2J${IFCONFIG.split('\n')[0]}`, '.', '3', '0']);
    expect(shown).not.toContain('\x1b');
  });
});
