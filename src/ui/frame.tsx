import { Box, Text } from 'ink';
import { createContext, useContext } from 'react';
import { sanitize } from '../report/sanitize.ts';
import { wrap } from '../report/wrap.ts';
import { helpLine } from './key-words.ts';
import { promptText } from './prompt.ts';
import type { Row } from './rows.ts';
import type { Screen } from './screens/screen.ts';
import type { State } from './state.ts';
import { theme } from './theme.ts';

const TAB = 8;

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
  const height = bodyHeight(rows);
  const offset = Math.min(state.offset[state.screen], Math.max(0, screen.rows.length - height));
  const visible = screen.rows.slice(offset, offset + height);
  const more =
    screen.rows.length > height ? ` ${offset + 1}-${offset + visible.length} of ${screen.rows.length}` : '';
  return (
    <Box flexDirection="column" height={rows - 1} width={columns}>
      <Line
        row={{ text: fitted(`vio-doctor: ${screen.title}`, columns - more.length) + more, style: 'title' }}
        columns={columns}
      />
      <Box flexDirection="column" height={height} flexShrink={0}>
        {visible.map((row, index) => (
          <Line
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the window
            key={index}
            row={row}
            columns={columns}
            left={state.left}
            isMarked={offset + index === state.mark}
          />
        ))}
      </Box>
      {rows > 3 && (
        <Line row={{ text: statusLine(screen, state, columns), style: 'warning' }} columns={columns} />
      )}
      {rows > 4 && (
        <Line
          row={{
            text: lastLine(screen, state, columns),
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
  const isAscii = useContext(AsciiOnly);
  const text = (row.gutter ?? '') + clean(row.text, left, columns) || ' ';
  const look = { ...(row.style && theme[row.style]), ...(isMarked && theme.selected) };
  return (
    <Box flexShrink={0} height={1} width={columns}>
      <Text wrap="truncate-end" {...look}>
        {isAscii ? withoutEllipsis(text, columns) : text}
      </Text>
    </Box>
  );
}

/** Foreign text, safe and of one line; no more of it than can be seen. */
function clean(text: string, left: number, columns: number): string {
  const shown = sanitize(text.slice(0, left + columns * 2)).replaceAll('\n', ' ');
  const wide = shown.includes('\t') ? expandTabs(shown) : shown;
  return left > 0 && wide.length > 0 ? `\u2026${wide.slice(left + 1)}` : wide;
}

/** Ink would cut with an ellipsis of its own. */
function withoutEllipsis(text: string, columns: number): string {
  const plain = text.replaceAll('\u2026', '...');
  return plain.length > columns ? `${plain.slice(0, Math.max(0, columns - 3))}...` : plain;
}

function expandTabs(text: string): string {
  let result = '';
  for (const character of text)
    result += character === '\t' ? ' '.repeat(TAB - (result.length % TAB)) : character;
  return result;
}

function fitted(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text.padEnd(Math.max(0, width));
}

/** The keys; the end of a message that is longer than its row stands there until the next key. */
function lastLine(screen: Screen, state: State, columns: number): string {
  if (state.prompt) return 'enter done  esc cancel';
  return messageLines(state, columns)[1] ?? helpLine(state.screen, columns, screen.deeds);
}

function messageLines({ message }: State, columns: number): string[] {
  const lines = wrap(message, columns);
  const [first = '', second, third] = lines;
  return third === undefined ? lines : [first, `${(second ?? '').slice(0, columns - 2)} \u2026`];
}

/** What is being asked, or what was done and which tab is open. */
function statusLine(screen: Screen, state: State, columns: number): string {
  if (state.prompt) return promptText(state.prompt, columns);
  const [first = '', second] = messageLines(state, columns);
  if (second !== undefined) return first;
  const before = first && `${first}   `;
  return (before + tabLine(screen, state, columns - before.length)).trimEnd();
}

/** All tabs, or the open one and how many there are. */
function tabLine({ tabs }: Screen, state: State, width: number): string {
  if (tabs.length < 2) return '';
  const open = state.tab[state.screen] % tabs.length;
  const all = tabs.map((name, index) => (index === open ? `[${name}]` : name)).join('  ');
  return all.length <= width ? all : `[${tabs[open]}] ${open + 1} of ${tabs.length}`;
}
