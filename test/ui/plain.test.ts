import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { CollectionTold, OpenCollection, PlannedProbe } from '../../src/model/collection.ts';
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
  openCollection: async ({ guest }, { tell }) => {
    if (guest !== undefined) throw new Error(`${guest}: no route to host.`);
    return collection(tell);
  },
});

const PROBE: PlannedProbe = {
  machine: 'guest',
  probe: 'openbsd/ifconfig',
  argv: ['ifconfig', '-A'],
  tells: 'all interfaces',
  needsRoot: false,
  twice: false,
  seconds: 5,
  kilobytes: 100,
  listens: false,
  alone: false,
};

/** A machine whose one command prints the seed's ifconfig. */
function collection(tell: CollectionTold): OpenCollection {
  const survey = {
    isRoot: true,
    isGuest: true,
    hypervisors: [],
    vms: [],
    modules: [],
    hasOpenVswitch: false,
    sections: [],
  };
  const step = {
    number: 1,
    machine: PROBE.machine,
    probe: PROBE.probe,
    argv: PROBE.argv,
    started: '2026-01-02T03:04:05Z',
  };
  return {
    machines: [{ machine: 'guest', where: 'this machine', survey: { os: 'openbsd', ...survey } }],
    plan: async () => ({ probes: [PROBE], leftOut: [] }),
    taps: () => [],
    run: async () => {
      tell({ kind: 'started', step });
      tell({ kind: 'ended', step, outcome: 'exit 0', milliseconds: 12, bytes: 99 });
      return { path: 'ok.txt', outputs: 1, failed: 0, isStopped: false, lost: [] };
    },
    close: async () => undefined,
  };
}

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
    const shown = await typed(['6', '0']);
    expect(shown).toContain('Fault: the interface is not up in the guest (vio1), certain.');
    expect(shown).toContain('guest# ifconfig vio1 up');
    expect(shown.endsWith('Number: ')).toBe(true);
  });

  test('takes a paste up to the line with a single dot, and the answer moves', async () => {
    const shown = await typed(['3', ...IFCONFIG.trimEnd().split('\n'), '.', '0']);
    expect(shown).toContain('Fault: the interface is not up in the guest (vio1), certain.');
  });

  test('takes a paste that nobody announced for one, and never for answers', async () => {
    const shown = await typed([...IFCONFIG.trimEnd().split('\n'), '0', '.', '0']);
    expect(shown).toContain('Fault: the interface is not up in the guest (vio1), certain.');
    expect(shown).not.toContain('There is no');
  });

  test('reads the plan and the evidence of a finding, with the lines around it', async () => {
    const shown = await typed(['6', '2', '1', '3', '1', '0']);
    expect(shown).toContain('Way back: guest# ifconfig vio1 down');
    expect(shown).toMatch(/^> 1 {2}vio1: flags=2008802/m);
    expect(shown).toMatch(/^ {2}2 {2}/m);
  });

  test('says that a file is not there, and goes on', async () => {
    const shown = await typed(['4', 'nowhere.txt', '4', 'ok.txt', '0']);
    expect(shown).toContain('nowhere.txt: no such file or folder.');
    expect(shown).toContain('1 file read.');
    expect(shown).toContain('vio1');
  });

  test('writes a report, redacted unless the person says no', async () => {
    await typed(['6', '10', '4', '', 'bug.txt', '10', '4', 'no', 'real.txt', '0']);
    expect(saved.get('bug.txt')).toMatch(/^redacted\n/);
    expect(saved.get('real.txt')).toMatch(/bugs@openbsd\.org/);
    expect(saved.get('real.txt')).not.toMatch(/^redacted/);
  });

  test('shows the commands, runs them only after a yes, and reads what they print', async () => {
    const no = await typed(['1', '', '0']);
    expect(no).toContain('Nothing was run.');
    const shown = await typed(['1', 'yes', '0']);
    expect(shown).toMatch(
      /Commands that would run, 1;[\s\S]*guest# ifconfig -A[\s\S]*Run them\? yes or no \[no\]:/,
    );
    expect(shown).toContain('guest# ifconfig -A: exit 0, 0.0 s');
    expect(shown).toContain('Collected in ok.txt: 1 outputs.');
    expect(shown).toContain('Fault: the interface is not up in the guest (vio1), certain.');
  });

  test('holds what is pasted after the fix against what was pasted before', async () => {
    const fixed = IFCONFIG.replace('2008802<', '2008843<UP,RUNNING,').replace('no carrier', 'active');
    const paste = (text: string) => ['7', ...text.trimEnd().split('\n'), '.'];
    const before = ['3', ...IFCONFIG.trimEnd().split('\n'), '.', '11'];
    const shown = await typed([...before, ...paste(IFCONFIG), ...paste(fixed), '12', '0']);
    expect(shown).toMatch(/paste it or open its files:\n {2}guest# \(OpenBSD ifconfig\)/);
    expect(shown).toMatch(/paste-1: OpenBSD ifconfig.*\n\nNot fixed\.\n\nSTILL THERE: interface-down/);
    expect(shown).toContain('12  Go on with what was given now as the case');
    expect(shown).toContain('These are the findings of now.');
    const dropped = await typed([...before, ...paste(fixed), '13', '0']);
    expect(dropped).toContain('GONE: interface-down (vio1)');
    expect(dropped.match(/11 {2}Look again after the fix/g)).toHaveLength(2);
  });

  test('says why others cannot be reached', async () => {
    const shown = await typed(['2', 'root@fw', '', '0']);
    expect(shown).toContain('root@fw: no route to host.');
  });

  test('reads what is pasted beside a command as its answer', async () => {
    const shown = await typed([
      '3',
      'vio0: flags=8843<UP> mtu 1500',
      '.',
      '4',
      '1',
      'nothing of it',
      '.',
      '0',
    ]);
    expect(shown).toMatch(/Run on the [\s\S]*Paste what .* printed/);
    expect(shown).toMatch(/paste-2: this is no output of/);
  });

  test('what the person sees is evidence', async () => {
    expect(await typed(['5', '1', '0'])).toContain('(no link)');
  });

  test('an answer that is none is told, and the end of the input leaves', async () => {
    expect(await typed(['77'])).toContain('There is no 77 here');
  });

  test('a page at a time, for a person; q ends the text', async () => {
    const shown = await typed(['6', '', '', '1', '', 'q', '0'], 12);
    expect(shown).toContain('more lines: Enter goes on, q ends');
    expect(shown.split('\n').length).toBeLessThan(80);
  });

  test('escape sequences of a paste are shown, not sent', async () => {
    const shown = await typed(['3', `\x1b]0;x\x07\x1b[2J${IFCONFIG.split('\n')[0]}`, '.', '3', '0']);
    expect(shown).not.toContain('\x1b');
  });
});
