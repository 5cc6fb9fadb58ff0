import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf, fitCells, fromCell } from '../../src/ui/parts/cells.ts';
import { commandRows } from '../../src/ui/parts/command-rows.ts';

describe('columns of a text', () => {
  test.each([
    ['vio1', 4],
    ['虚拟网卡', 8],
    ['e\u0301', 1],
    ['🐡', 2],
    ['', 0],
  ])('%s takes %i', (text, cells) => expect(cellsOf(text)).toBe(cells));

  test('a wide character that the edge cuts is left out, or leaves a blank', () => {
    expect(fitCells('虚拟网卡', 5, '…')).toBe('虚拟…');
    expect(fitCells('虚拟网卡', 4, '…')).toBe('虚…');
    expect(fromCell('虚拟网卡', 3)).toBe(' 网卡');
    expect(fromCell('e\u0301a', 1)).toBe('a');
  });

  test('nothing is ever wider than it may be, and what fits is left alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, width) => {
        const fit = fitCells(text, width, '...');
        expect(cellsOf(fit)).toBeLessThanOrEqual(width);
        if (cellsOf(text) <= width) expect(fit).toBe(text);
        expect(cellsOf(fromCell(text, width))).toBe(Math.max(0, cellsOf(text) - width));
      }),
    );
  });
});

test('a long command goes on in the next rows, nothing of it lost', () => {
  const command = `printf '%s\\n' ${'a-long-word '.repeat(12)}end`;
  const rows = commandRows(command, 60, { first: '  do   host# ', next: '         ' });
  expect(rows.length).toBeGreaterThan(2);
  for (const { text } of rows) expect(text.length).toBeLessThanOrEqual(62);
  expect(rows.map(({ text }, at) => text.slice(at === 0 ? 13 : 11)).join('')).toBe(command);
});
