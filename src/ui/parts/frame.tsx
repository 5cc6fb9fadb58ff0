import { Box, Text } from 'ink';
import { createContext, useContext } from 'react';
import { sanitize } from '../../report/sanitize.ts';
import type { Screen } from '../screens/screen.ts';
import type { State } from '../state.ts';
import { theme } from '../theme.ts';
import { lastLine, statusLine } from './bottom-lines.ts';
import { cellsOf, fitCells, fromCell } from './cells.ts';
import { GAP } from './columns.ts';
import type { Row } from './rows.ts';

const TAB = 8;
/** Where a text is cut. */
const END = '\u2026';
const ASCII_END = '...';
/** Columns of the title below which the place in the text gives way to it. */
const LEAST_TITLE = 8;

/** A terminal that knows no more than ASCII: a serial console, LANG=C. What was captured is shown there as it is. */
export const AsciiOnly = createContext(false);

/** Rows that a screen may fill: the window less title, message and help, and less the last line, which would scroll it. */
export function bodyHeight(rows: number): number {
  return Math.max(1, rows - 4);
}

/** The window of a screen between its title and its keys; never taller than the terminal. */
export function Frame({
  screen,
  state,
  columns,
  rows,
}: {
  screen: Screen;
  state: State;
  columns: number;
  rows: number;
}) {
  const end = useContext(AsciiOnly) ? ASCII_END : END;
  const height = bodyHeight(rows);
  const offset = Math.min(state.offset[state.screen], Math.max(0, screen.rows.length - height));
  const visible = screen.rows.slice(offset, offset + height);
  const place =
    screen.rows.length > height ? ` ${offset + 1}-${offset + visible.length} of ${screen.rows.length}` : '';
  const more = columns - place.length < LEAST_TITLE ? '' : place;
  return (
    <Box flexDirection="column" height={rows - 1} width={columns}>
      <Line
        row={{
          text: fitted(`vio-doctor: ${screen.title}`, columns - more.length, end) + more,
          style: 'title',
        }}
        columns={columns}
      />
      <Box flexDirection="column" height={height} flexShrink={0}>
        {visible.map((row, index) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the window
            key={index}
            row={row}
            columns={columns}
            left={row.style === 'meaning' ? 0 : state.left}
            isMarked={offset + index === state.mark}
          />
        ))}
      </Box>
      {rows > 3 && (
        <Line row={{ text: statusLine(screen, state, columns).text, style: 'answer' }} columns={columns} />
      )}
      {rows > 4 && (
        <Line
          row={{
            text: lastLine(screen, state, columns).text,
            style: 'faint',
          }}
          columns={columns}
        />
      )}
    </Box>
  );
}

function Line({
  row,
  columns,
  left = 0,
  isMarked = false,
}: {
  row: Row;
  columns: number;
  left?: number;
  isMarked?: boolean;
}) {
  const end = useContext(AsciiOnly) ? ASCII_END : END;
  const { gutter = '', text, style, beside } = row;
  // Long lines that are scrolled take the whole window.
  const other = left === 0 ? beside : undefined;
  const room = other ? other.at - GAP : columns;
  const shown = fitCells(ellipsed(gutter + clean(text, left, room), end), room, end) || ' ';
  const isOtherMarked = isMarked && other?.style === 'title';
  const look = lookOf(style, isMarked && (!isOtherMarked || style === 'title'));
  return (
    <Box flexShrink={0} height={1} width={columns}>
      <Box width={other?.at ?? columns} flexShrink={0}>
        <Text wrap="truncate-end" {...look}>
          {shown}
        </Text>
      </Box>
      {other && (
        <Text wrap="truncate-end" {...lookOf(other.style, isOtherMarked)}>
          {fitCells(ellipsed(clean(other.text, 0, columns), end), columns - other.at, end)}
        </Text>
      )}
    </Box>
  );
}

function lookOf(style: Row['style'], isMarked: boolean) {
  return { ...(style && theme[style]), ...(isMarked && theme.selected) };
}

/** Foreign text, safe and of one line; no more of it than can be seen. */
function clean(text: string, left: number, columns: number): string {
  const shown = sanitize(text.slice(0, left + columns * 2)).replaceAll('\n', ' ');
  const wide = shown.includes('\t') ? expandTabs(shown) : shown;
  return left > 0 && wide.length > 0 ? `${END}${fromCell(wide, left + 1)}` : wide;
}

/** Our own texts hold ellipses, too. */
function ellipsed(text: string, end: string): string {
  return end === END ? text : text.replaceAll(END, end);
}

function expandTabs(text: string): string {
  let result = '';
  for (const character of text)
    result += character === '\t' ? ' '.repeat(TAB - (cellsOf(result) % TAB)) : character;
  return result;
}

function fitted(text: string, width: number, end: string): string {
  const fit = fitCells(text, width, end);
  return fit + ' '.repeat(Math.max(0, width - cellsOf(fit)));
}
