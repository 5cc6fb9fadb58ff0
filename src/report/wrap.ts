/** Words in lines of at most `width` columns; a longer word stands alone. */
export function wrap(text: string, width: number, first = '', next = first): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = next;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return isEmpty ? lines : [...lines, line];
}

/** A captured line cut into rows of `width` columns with nothing left out, up to `most`; then how much there is more. */
export function fold(text: string, width: number, indent: string, most = 4): string[] {
  const size = Math.max(8, width - indent.length);
  const rows: string[] = [];
  for (let at = 0; at < text.length && rows.length < most; at += size)
    rows.push(indent + text.slice(at, at + size));
  const left = text.length - most * size;
  return left > 0 ? [...rows, `${indent}... and ${left} characters more`] : rows;
}
