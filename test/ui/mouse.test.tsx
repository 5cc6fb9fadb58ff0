import { describe, expect, test } from 'vitest';
import { takeReports } from '../../src/ui/input/mouse-reports.ts';
import { openScreen } from './open-screen.tsx';
import { seed, standInWorld } from './world.ts';

/** As a terminal tells it: columns and rows from 1. */
const click = (column: number, row: number) => `\x1b[<0;${column};${row}M\x1b[<0;${column};${row}m`;
const wheelDown = '\x1b[<65;10;10M';
const wheelUp = '\x1b[<64;10;10M';

describe('reports among keys', () => {
  test('are taken out, the keys stay', () => {
    const { keys, reports, held } = takeReports(`j${click(3, 7)}k${wheelDown}`, false);
    expect(keys).toBe('jk');
    expect(held).toBe('');
    expect(reports).toEqual([
      { does: 'click', column: 2, row: 6 },
      { does: 'wheelDown', column: 9, row: 9 },
    ]);
  });

  test('of other buttons, with modifiers and of releases do nothing', () => {
    expect(takeReports('\x1b[<2;3;4M\x1b[<16;3;4M\x1b[<0;3;4m', true)).toEqual({
      keys: '',
      reports: [],
      held: '',
    });
  });

  test('in the old form are keys of other terminals unless they were asked for', () => {
    expect(takeReports('\x1b[M #q', true)).toEqual({
      keys: '',
      reports: [{ does: 'click', column: 2, row: 80 }],
      held: '',
    });
    expect(takeReports('\x1b[M', false).keys).toBe('\x1b[M');
  });

  test('that a read has cut are held', () => {
    expect(takeReports('j\x1b[<0;12', true)).toEqual({ keys: 'j', reports: [], held: '\x1b[<0;12' });
  });
});

describe('the mouse in the app', () => {
  const open = async (mouse: boolean, size = { columns: 80, rows: 24 }) => {
    const asked: boolean[] = [];
    const world = standInWorld({ mouse: (isOn) => void asked.push(isOn) });
    const screen = await openScreen(world, { ...size, captures: seed.captures, complaint: 'no-link', mouse });
    return { screen, asked };
  };
  const rowOf = (rows: readonly string[], text: string) => rows.findIndex((row) => row.includes(text)) + 1;

  test('is off by default, its stray reports are no keys', async () => {
    const { screen, asked } = await open(false);
    const before = screen.text();
    await screen.press(click(5, 6), wheelDown, '\x1b[<0;3', '3;2M');
    expect(screen.text()).toBe(before);
    // Cut within its first two bytes; both reads come at once, or the first would be Esc.
    await screen.pour('\x1b', '[<0;3;2M');
    await screen.press('/', click(1, 1), 'tap');
    expect(screen.text()).toContain('with these words: tap_');
    expect(asked).toEqual([]);
  });

  test('M turns it on and off, and it is off when the app is left', async () => {
    const { screen, asked } = await open(false);
    await screen.press('M');
    expect(asked).toEqual([true]);
    await screen.press('M');
    expect(asked).toEqual([true, false]);
    await screen.press('M', 'q');
    expect(asked).toEqual([true, false, true, false]);
  });

  test('a click chooses a line, a second one opens it', async () => {
    const { screen } = await open(true);
    const at = rowOf(screen.rows(), '2 possible');
    await screen.press(click(20, at));
    expect(screen.text()).toContain('> 2 possible');
    await screen.press(click(20, at));
    expect(screen.text()).toContain("vio-doctor: The host has unplugged this NIC's cable");
  });

  test('the wheel scrolls, no further than to the ends', async () => {
    const { screen } = await open(true);
    await screen.press(wheelDown + wheelDown);
    expect(screen.text()).toContain('7-26 of');
    await screen.press(wheelUp.repeat(9));
    expect(screen.text()).toContain('1-20 of');
  });

  test('a click opens a tab, or is the key of the help line', async () => {
    const { screen } = await open(true, { columns: 120, rows: 40 });
    await screen.press('x');
    const row = rowOf(screen.rows(), '[text]');
    await screen.press(click((screen.rows()[row - 1]?.indexOf('markdown') ?? 0) + 3, row));
    expect(screen.text()).toContain('[markdown]');
    const keys = rowOf(screen.rows(), 'esc back');
    await screen.press(click((screen.rows()[keys - 1]?.indexOf('r redact') ?? 0) + 1, keys));
    expect(screen.text()).toContain('redacted (~ changed)');
  });

  test('a click on a step marks it at the second time; one beside any line does nothing', async () => {
    const { screen } = await open(true);
    await screen.press('p');
    const at = rowOf(screen.rows(), 'guest# ifconfig vio1 up');
    await screen.press(click(30, at), click(30, at));
    expect(screen.text()).toContain('[x] guest# ifconfig vio1 up');
    const before = screen.text();
    await screen.press(click(1, 1), click(5, 24), click(200, 200));
    expect(screen.text()).toBe(before);
  });

  test('reports within a paste stay in its text', async () => {
    const { screen } = await open(true);
    await screen.paste(
      `# note\n${click(1, 6)}\nvio9: flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu 1500\n\tstatus: no carrier\n`,
    );
    expect(screen.text()).toContain('vio9');
  });

  test('another program gets a terminal that does not tell of the mouse', async () => {
    const asked: (boolean | string)[] = [];
    const world = standInWorld({
      mouse: (isOn) => void asked.push(isOn),
      page: async () => void asked.push('pager'),
    });
    const screen = await openScreen(world, { captures: seed.captures, complaint: 'no-link', mouse: true });
    await screen.press('v');
    await screen.settle(50);
    expect(asked).toEqual([true, false, 'pager', true]);
  });
});
