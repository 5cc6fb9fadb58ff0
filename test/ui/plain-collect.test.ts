import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { CollectedMachine, CollectionChoices, TapChoice } from '../../src/model/collection.ts';
import { dialogue } from '../../src/ui/plain/dialogue.ts';
import { runPlainApp } from '../../src/ui/plain/plain-app.ts';
import { typedLines } from '../../src/ui/plain/typed-lines.ts';
import { HOST, LEFT_OUT, machine, manyVms, probe } from './collection.ts';
import { standInWorld } from './world.ts';

const PROBE = probe('ifconfig', { machine: 'host' });
const TAPS: readonly TapChoice[] = [
  { tap: 'tap107i0', nic: 'net0', vm: '107' },
  { tap: 'tap107i1', nic: 'net1', vm: '107' },
];

/** What is printed when these lines are typed, and what each plan was asked for. */
async function typed(lines: readonly string[], machines: readonly CollectedMachine[], taps = TAPS) {
  const asked: CollectionChoices[] = [];
  const ran: string[] = [];
  const world = standInWorld({
    openCollection: async () => ({
      machines,
      plan: async (choices) => {
        if (choices.tap === 'tap9') throw new Error('tap9: is no tap of a VM.');
        asked.push(choices);
        const added = LEFT_OUT.filter(({ addedBy }) => addedBy === 'changes').flatMap(
          ({ would = [] }) => would,
        );
        return choices.allowSystemChanges
          ? { probes: [PROBE, ...added], leftOut: [] }
          : { probes: [PROBE], leftOut: LEFT_OUT };
      },
      taps: () => taps,
      run: async ({ probes }) => {
        ran.push(...probes.map(({ argv }) => argv.join(' ')));
        return { path: 'ok.txt', outputs: 1, failed: 0, isStopped: false, lost: [] };
      },
      close: async () => undefined,
    }),
  });
  const input = new PassThrough();
  input.end([...lines, '0'].map((line) => `${line}\n`).join(''));
  let shown = '';
  const write = (text: string) => {
    shown += text;
  };
  await runPlainApp(
    world,
    dialogue(typedLines(input), write, () => null),
    { demo: false },
  );
  return { shown, asked, ran };
}

describe('collecting in the plain mode', () => {
  test('what is left out says why, and which letter adds it', async () => {
    const { shown, ran } = await typed(['1', '1', 'no'], [machine(HOST)]);
    expect(shown).toMatch(/not run: linux-host\/tcpdump-uplink: it listens to packets, for 10 s; t adds it/);
    expect(shown).toMatch(/not run: qemu\/announce-self: .*; d tells what it may do, and adds it/);
    expect(shown).toMatch(/not run: linux-host\/neighbours: only a person can fill it in\n/);
    expect(shown).toContain('Run them? yes or no, or t, d, m as above [no]:');
    expect(shown).toContain('Nothing was run.');
    expect(ran).toEqual([]);
  });

  test('the tap is chosen by its number; a wrong one is told', async () => {
    const words = ['1', '1', 't', '/tap9', '1', 't', '3', 'yes'];
    const { shown, asked, ran } = await typed(words, [machine(HOST)]);
    expect(shown).toContain('tap9: is no tap of a VM.');
    expect(asked.at(-1)).toMatchObject({ vm: '107', tcpdump: true, tap: 'tap107i1' });
    expect(ran).toEqual(['ifconfig']);
  });

  test('what may disturb has a yes of its own, and is marked in the list', async () => {
    const no = await typed(['1', '1', 'd', '', 'yes'], [machine(HOST)]);
    expect(no.shown).toMatch(
      /host# qm monitor 107 announce_self \(at most 10 s\)\n {4}what it may do: sends five/,
    );
    expect(no.asked.every(({ allowSystemChanges }) => !allowSystemChanges)).toBe(true);
    expect(no.ran).toEqual(['ifconfig']);
    const yes = await typed(['1', '1', 'd', 'yes', 'yes'], [machine(HOST)]);
    expect(yes.shown).toMatch(/Commands that would run, 2; 1 of them may disturb:/);
    expect(yes.shown).toMatch(/announce_self {3}\(may disturb: sends five/);
    expect(yes.ran).toEqual(['ifconfig', 'announce_self']);
  });

  test('of many VMs one is found by a word, or named', async () => {
    const { shown, asked } = await typed(['1', '/web113', '1', 'no'], [machine(manyVms(40))]);
    expect(shown).toContain('40 VMs are listed');
    expect(shown).toMatch(/\n41 {2}all 40 that run, the first 16 of them/);
    expect(asked[0]).toMatchObject({ vm: '113' });
    const named = await typed(['1', '/777', '1', 'no'], [machine(HOST)]);
    expect(named.asked[0]).toMatchObject({ vm: '777' });
  });

  test('0 goes back without a look', async () => {
    const { shown, asked } = await typed(['1', '0'], [machine(HOST)]);
    expect(asked).toEqual([]);
    expect(shown).toContain('Nothing was run.');
  });
});
