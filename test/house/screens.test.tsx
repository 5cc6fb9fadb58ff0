import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  GUEST,
  HOST,
  LAPTOP,
  LEFT_OUT,
  machine,
  manyVms,
  type Puppet,
  probe,
  puppet,
} from '../ui/collection.ts';
import { openScreen, type Screen } from '../ui/open-screen.tsx';
import { IFCONFIG, seed, standInWorld } from '../ui/world.ts';

// What a person sees, screen by screen, for the eyes of whoever reads a change. `npm run fixtures` writes them anew.
const FOLDER = join(import.meta.dirname, '../ui/screens');

/** The keys that lead to each screen from the built-in case; each string is one read. */
const SCREENS: Record<string, readonly string[]> = {
  findings: [],
  'findings-possible': ['2'],
  'findings-below': ['\x1b[6~'],
  ask: ['a'],
  evidence: ['e'],
  'evidence-search': ['e', '\t', '/', 'vio1\r'],
  plan: ['p', ' ', ' '],
  'plan-fallback': ['p', '\t'],
  compare: ['p', 'r'],
  export: ['x'],
  'export-sendbug-redacted': ['x', '4', 'r', 'n'],
  'export-stand-ins': ['x', 's'],
  complaint: ['c'],
  help: ['?'],
};

const PLAN = {
  probes: [
    probe('dmesg', { tells: 'which system it is, and what its driver says' }),
    probe('ifconfig', { argv: ['ifconfig', '-A'], tells: 'flags, link and addresses of all interfaces' }),
    probe('pcidump', { argv: ['pcidump', '-v'], tells: 'the MSI-X table of the device', needsRoot: true }),
    probe('netstat', { argv: ['netstat', '-in'], tells: 'whether it receives and sends', twice: true }),
  ],
  leftOut: [
    {
      probe: 'openbsd/tcpdump',
      machine: 'guest',
      why: 'it listens to packets, for 10 s',
      addedBy: 'listening',
    },
  ],
} as const;

/** On a host, where each kind of thing is left out and two taps can be listened to. */
const HOST_PLAN = {
  probes: [
    probe('qm-config', { machine: 'host', argv: ['qm', 'config', '107'], tells: 'how the VM is set up' }),
    probe('ip-link', { machine: 'host', argv: ['ip', '-s', 'link'], tells: 'counters', twice: true }),
  ],
  leftOut: LEFT_OUT,
};
const TAPS = [
  { tap: 'tap107i0', nic: 'net0', vm: '107' },
  { tap: 'tap107i1', nic: 'net1', vm: '107' },
];

let screen: Screen | undefined;
afterEach(() => screen?.close());

describe.each([
  [80, 24],
  [120, 40],
])('at %i x %i', (columns, rows) => {
  test.each(Object.entries(SCREENS))('%s', async (name, keys) => {
    screen = await openScreen(standInWorld(), {
      columns,
      rows,
      captures: seed.captures,
      complaint: 'no-link',
    });
    await screen.press(...keys);
    isAsKept(`${name}-${columns}x${rows}`, screen);
  });

  test('start', async () => {
    screen = await openScreen(standInWorld(), { columns, rows });
    isAsKept(`start-${columns}x${rows}`, screen);
  });

  test.each([
    ['start-guest', GUEST, []],
    ['start-host', HOST, []],
    ['start-laptop', LAPTOP, []],
    ['collect', GUEST, ['1', '2', 'j']],
    ['collect-vm', HOST, ['1', '2']],
    ['collect-vm-many', manyVms(60), ['1', '2', 'G']],
    ['collect-vm-filter', manyVms(60), ['1', '2', '/', '13 web\r', 'j']],
    ['collect-host', HOST, ['1', '2', '1', 'j', 'j', 'j']],
    ['collect-tap', HOST, ['1', '2', '1', 't', 'j']],
    ['collect-disturbing', HOST, ['1', '2', '1', 'd']],
    ['collect-running', GUEST, ['1', '2', 'y']],
    ['collect-stopped', GUEST, ['1', '2', 'y', 's']],
    ['log', GUEST, ['1', '2', 'y', 's', 'L']],
  ] as const)('%s', async (name, survey, keys) => {
    const world = standInWorld({
      openCollection: async (_, watch) =>
        survey === GUEST || survey === LAPTOP
          ? puppet([machine(survey)], PLAN, watch)
          : puppet([machine(survey)], HOST_PLAN, watch, TAPS),
    });
    screen = await openScreen(world, { columns, rows });
    await screen.press(...keys);
    isAsKept(`${name}-${columns}x${rows}`, screen);
  });

  test.each([
    ['compare-fixed', IFCONFIG.replace('2008802<', '2008843<UP,RUNNING,').replace('no carrier', 'active')],
    ['compare-stays', IFCONFIG],
    ['compare-unclear', 'vio1 at virtio4: 1 queue, address c2:8a:93:59:9a:0a\n'],
  ])('%s', async (name, text) => {
    screen = await openScreen(standInWorld(), {
      columns,
      rows,
      captures: seed.captures,
      complaint: 'no-link',
    });
    await screen.press('r');
    await screen.paste(text);
    isAsKept(`${name}-${columns}x${rows}`, screen);
  });

  test('collect-lost', async () => {
    const opened: Puppet[] = [];
    const world = standInWorld({
      openCollection: async (_, watch) => {
        opened.push(puppet([machine(GUEST, 'root@fw')], PLAN, watch));
        return opened.at(-1) as Puppet;
      },
    });
    screen = await openScreen(world, { columns, rows });
    await screen.press('2', 'root@fw\r', '\r', '1', 'y', 'y');
    opened[1]?.end('dmesg');
    for (const name of ['ifconfig -A', 'pcidump -v', 'netstat -in']) opened[1]?.end(name, 'lost');
    await screen.settle();
    isAsKept(`collect-lost-${columns}x${rows}`, screen);
  });

  test('side', async () => {
    screen = await openScreen(standInWorld(), { columns, rows });
    await screen.paste(
      '2: eth0: <BROADCAST,UP> mtu 1500 qdisc fq state UP\n    link/ether bc:24:11:00:00:05 brd ff:ff:ff:ff:ff:ff\n',
    );
    isAsKept(`side-${columns}x${rows}`, screen);
  });
});

function isAsKept(name: string, shown: Screen): void {
  const path = join(FOLDER, `${name}.txt`);
  const text = `${shown.text().trimEnd()}\n`;
  if (process.env.UPDATE_FIXTURES) writeFileSync(path, text);
  expect(existsSync(path), `${name}: npm run fixtures writes it`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
