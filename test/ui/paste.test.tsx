import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { pasteGate } from '../../src/ui/input/paste-gate.ts';
import { openScreen } from './open-screen.tsx';
import { IFCONFIG, standInWorld } from './world.ts';

const app = (world = standInWorld()) => openScreen(world);

const DMESG = 'vio1 at virtio4: 1 queue, address c2:8a:93:59:9a:0a\nvirtio4: msix per-VQ\n';
const IP_LINK =
  '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000\n' +
  '    link/ether bc:24:11:00:00:05 brd ff:ff:ff:ff:ff:ff\n';

describe('a paste says', () => {
  test('what it was taken for, and what it changed', async () => {
    const screen = await app();
    await screen.paste(`${DMESG}what is this?\n`);
    expect(screen.text()).toContain('paste-1: OpenBSD dmesg, 1 NIC; 1 line not understood.');
    await screen.paste(IFCONFIG);
    expect(screen.text()).toMatch(
      /paste-2: OpenBSD ifconfig, \d NICs?.*now certain: The interface is not up/s,
    );
  });

  test('at a key the rest of a long message gives way to the keys', async () => {
    const screen = await app();
    await screen.paste(IFCONFIG);
    expect(screen.text()).not.toContain('q quit');
    await screen.press('j');
    expect(screen.text()).toContain('q quit');
  });
});

describe('guest or host', () => {
  test('is asked where a Linux may be either, and the answer kept with the text', async () => {
    const screen = await app();
    await screen.paste(IP_LINK);
    expect(screen.text()).toContain('may be of either machine. Which is it of?');
    await screen.press('2');
    expect(screen.text()).toContain('paste-1 is of the host.');
    expect(screen.text()).toContain('Findings');
  });

  test.each([
    ['the text tells', `${IP_LINK}virtio_net virtio0 eth0: renamed from enp6s18\n`],
    ['it is of another system', IFCONFIG],
    ['nothing is known of it', 'hello\nworld\n'],
  ])('is not asked where %s', async (_, text) => {
    const screen = await app();
    await screen.paste(text);
    expect(screen.text()).toContain('vio-doctor: Findings');
  });

  test('is not asked of a Linux beside a guest of another system, nor twice', async () => {
    const screen = await app();
    await screen.paste(DMESG);
    await screen.paste(IP_LINK);
    expect(screen.text()).toContain('vio-doctor: Findings');
  });

  test('a paste while it is asked is taken too', async () => {
    const screen = await app();
    await screen.paste(IP_LINK);
    await screen.paste(DMESG);
    await screen.press('\x1b');
    await screen.settle(60);
    expect(screen.text()).toMatch(/Findings/);
  });
});

test('u takes the last paste back', async () => {
  const screen = await app();
  await screen.paste(DMESG);
  await screen.paste(IFCONFIG);
  expect(screen.text()).toContain('Fault:');
  await screen.press('u');
  expect(screen.text()).toContain('paste-2 is taken back.');
  expect(screen.text()).not.toContain('Fault:');
  await screen.press('u', 'u');
  expect(screen.text()).toContain('There is no paste to take back.');
});

describe('the gate takes pastes out of the keyboard', () => {
  /** What comes out as keys and as pastes when these pieces are read. */
  function through(...pieces: string[]) {
    const source = Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY: true });
    const pastes: string[] = [];
    const lengths: number[] = [];
    const gate = pasteGate(source as unknown as NodeJS.ReadStream, () => ({
      onPaste: (text) => void pastes.push(text),
      onPiece: (length) => void lengths.push(length),
      onMouse: () => undefined,
      hasMouse: () => false,
    }));
    gate.addListener('readable', () => undefined);
    let keys = '';
    for (const piece of pieces) {
      source.write(piece);
      for (let read = gate.read(); read !== null; read = gate.read()) keys += read;
    }
    return { keys, pastes, lengths };
  }

  test.each([
    [['jjj'], 'jjj', []],
    [['j\x1b[200~q\rq\x1b[201~k'], 'jk', ['q\rq']],
    [['\x1b[200~ab', 'cd', 'ef\x1b[201~'], '', ['abcdef']],
    [['\x1b[200~ab\x1b[20', '1~k'], 'k', ['ab']],
    [['\x1b[200~ab\x1b', '[', '2', '0', '1', '~', 'k'], 'k', ['ab']],
    [['\x1b[200~\x1b[201~', '\x1b[200~x\x1b[201~'], '', ['', 'x']],
    [['\x1b[200~a\x1b[2Jb\x03\x1b[201~'], '', ['a\x1b[2Jb\x03']],
    [['\x1b', '[A'], '\x1b[A', []],
  ])('%j', (pieces, keys, pastes) => {
    expect(through(...pieces)).toMatchObject({ keys, pastes });
  });

  test('five megabytes in pieces of four kilobytes, each looked at once', () => {
    const text = 'a line of a log of some length, as they are\r'.repeat(120_000);
    const sent = `\x1b[200~${text}\x1b[201~`;
    const pieces = sent.match(/[\s\S]{1,4096}/g) ?? [];
    const from = process.cpuUsage();
    const { pastes, lengths } = through(...pieces);
    const { user, system } = process.cpuUsage(from);
    expect(pastes).toEqual([text]);
    expect(lengths.length).toBeGreaterThan(1000);
    expect((user + system) / 1000).toBeLessThan(500);
  });
});
