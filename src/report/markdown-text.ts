/** Text as Markdown shows it, whatever it holds: no tag, link, image, emphasis or mention comes out of a captured value. */
export function prose(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .split(' ')
    .map((word) => (/@\w|:\/\/|^www\./i.test(word) ? code(word) : escaped(word)))
    .join(' ')
    .replace(/^(#{1,6}|[-+*]|\d{1,9}[.)])(?= |$)/, '\\$1');
}

function escaped(word: string): string {
  return word
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** In as many backticks as the text cannot close. */
export function fence(lines: readonly string[]): string {
  const body = lines.join('\n');
  const marks = '`'.repeat(Math.max(2, longestRun(body)) + 1);
  return `${marks}\n${body}\n${marks}`;
}

export function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  if (line.trim() === '') return '(empty)';
  const marks = '`'.repeat(longestRun(line) + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${marks}${pad}${line}${pad}${marks}`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
