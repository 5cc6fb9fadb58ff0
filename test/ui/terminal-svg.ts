import type { IBuffer, IBufferCell } from '@xterm/headless';

const WIDTH = 8.4;
const HEIGHT = 18;
const MARGIN = 12;
const PAPER = '#1b1f24';
const INK = '#d7dde4';
/** Of the eight colours of a terminal, those that the theme uses. */
const COLOURS: Record<number, string> = { 1: '#e06c75', 5: '#d386e6' };

type Run = { text: string; at: number; look: string; isInverse: boolean };

/** What stands on a terminal as a picture: the cells of its buffer, with their colours and weights. */
export function terminalSvg(buffer: IBuffer, columns: number, rows: number, title: string): string {
  const width = Math.ceil(columns * WIDTH + 2 * MARGIN);
  const height = rows * HEIGHT + 2 * MARGIN;
  const lines = Array.from({ length: rows }, (_, row) =>
    runsOf(buffer, row, columns).map(draw(row)).join(''),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${INK}">
${lines.filter(Boolean).join('\n')}
</g>
</svg>
`;
}

/** Cells that look alike, together. */
function runsOf(buffer: IBuffer, row: number, columns: number): Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < columns; at++) {
    const cell = buffer.getLine(buffer.baseY + row)?.getCell(at);
    if (!cell || cell.getWidth() === 0) continue;
    const look = lookOf(cell);
    const isInverse = cell.isInverse() !== 0;
    const last = runs.at(-1);
    if (last && last.look === look && last.isInverse === isInverse) last.text += cell.getChars() || ' ';
    else runs.push({ text: cell.getChars() || ' ', at, look, isInverse });
  }
  return runs.filter(({ text, isInverse }) => isInverse || text.trim() !== '');
}

function lookOf(cell: IBufferCell): string {
  const colour = cell.isInverse() ? PAPER : cell.isFgPalette() ? COLOURS[cell.getFgColor()] : undefined;
  return [
    colour && ` fill="${colour}"`,
    cell.isBold() && ' font-weight="bold"',
    cell.isDim() && ' opacity="0.6"',
  ]
    .filter(Boolean)
    .join('');
}

function draw(row: number): (run: Run) => string {
  return ({ text, at, look, isInverse }) => {
    const trimmed = isInverse ? text : text.trimEnd();
    const x = (MARGIN + at * WIDTH).toFixed(1);
    const width = ([...trimmed].length * WIDTH).toFixed(1);
    const y = MARGIN + row * HEIGHT;
    const back = isInverse
      ? `<rect x="${x}" y="${y}" width="${width}" height="${HEIGHT}" fill="${INK}"/>`
      : '';
    return `${back}<text x="${x}" y="${y + 13.5}" textLength="${width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve"${look}>${escaped(trimmed)}</text>`;
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
