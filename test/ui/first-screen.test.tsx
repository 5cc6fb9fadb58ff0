import { renderToString } from 'ink';
import { describe, expect, test } from 'vitest';
import { verdictLine } from '../../src/report/words.ts';
import { Frame } from '../../src/ui/parts/frame.tsx';
import { commandsOf } from '../../src/ui/screens/about-finding.ts';
import { screenOf } from '../../src/ui/screens.ts';
import { initial, reduce } from '../../src/ui/state.ts';
import { caseNames, examine, readCase, type TestCase } from '../cases.ts';
import { standInWorld } from './world.ts';

// What is wrong, and what to do: on the first screen, without scrolling, whatever the case.

const world = standInWorld();

/** As the app opens on a case. */
function firstScreen(testCase: TestCase, columns: number, rows: number) {
  const { captures, complaint } = testCase;
  const report = examine(testCase);
  const given = reduce(initial, { do: 'examined', captures, complaint, report, message: '' });
  const state = reduce(given, { do: 'go', to: 'findings' });
  const screen = screenOf({ state, world, width: columns, height: rows - 4 });
  const text = renderToString(<Frame screen={screen} state={state} columns={columns} rows={rows} />, {
    columns,
  });
  return { report, text };
}

const asOne = (text: string) => text.replace(/\s+/g, ' ');

describe.each([
  [80, 24],
  [120, 40],
  [120, 24],
  [60, 18],
])('at %i x %i', (columns, rows) => {
  test.each(caseNames)('%s', (name) => {
    const { report, text } = firstScreen(readCase(name), columns, rows);
    expect(asOne(text)).toContain(asOne(verdictLine(report)));
    const [finding] = report.findings;
    const command = commandsOf(finding, report).split('\n')[0] ?? '';
    if (command !== '') {
      const does = finding && finding.standing !== 'possible' && finding.plans.length > 0;
      expect(text).toMatch(does ? /^ {2}do {3}\S/m : /^ {2}run {2}\S/m);
      // A long command goes on in the next row.
      expect(asOne(text)).toContain(asOne(command).slice(0, 34));
    } else if (report.verdict !== 'healthy') expect(text).toMatch(/^ {2}do {3}\S/m);
  });
});

test('of two machines it says at once which one the answer is of', () => {
  const listing = (name: string, mac: string) =>
    `root@${name}:~# ip link show dev eth0\n2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000\n    link/ether ${mac} brd ff:ff:ff:ff:ff:ff\n`;
  const text = listing('fw1', 'bc:24:11:00:00:01') + listing('fw2', 'bc:24:11:00:00:02');
  const captures = [{ name: 'paste-1', side: 'guest', origin: 'pasted', text } as const];
  const both: TestCase = { ...readCase('no-carrier-vlan-40'), name: 'two machines', captures };
  expect(firstScreen(both, 80, 24).text).toContain(
    'Only fw1 was looked at: the outputs of the guest look like',
  );
});
