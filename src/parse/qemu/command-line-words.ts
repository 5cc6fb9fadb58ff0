import type { Row } from '../../model/line.ts';

/** One word of a command line, and the row that it ends in. */
export type Word = { readonly text: string; readonly row: Row };

const OPTION = /^--?[a-zA-Z][\w-]{0,40}$/;
/** `- "-netdev"` of a YAML list, `"-netdev",` of a JSON one. */
const BULLET = /^\s{0,40}- (?=["'-])/;

/**
 * The words of the rows, as a shell would cut them: quotes and backslashes go. A word that the terminal or a mail cut
 * in two is put together again: a row that begins with no option, behind a word that was no option either, goes on with it.
 */
export function wordsOf(rows: readonly Row[]): Word[] {
  const words: Word[] = [];
  let isOpen = false;
  for (const row of rows) {
    const text = row.text.replace(BULLET, '');
    const found = cut(text).map((word): Word => ({ text: word, row }));
    const [first, ...more] = found;
    const last = words.at(-1);
    if (first && last && isOpen && /^\S/.test(text) && isOneWord(last.text, first.text)) {
      const at = [...last.row.at, ...row.at] as const;
      words[words.length - 1] = { text: last.text + first.text, row: { text: first.row.text, at } };
      words.push(...more);
    } else words.push(...found);
    isOpen = text === row.text && !/(?:\\|["'],?|\[)$/.test(text);
  }
  return words;
}

const NAMES = /^-(?:netdev|device|nic|chardev|name)$/;

function isOneWord(last: string, first: string): boolean {
  if (OPTION.test(last)) return !NAMES.test(last) && NAMES.test(last + first);
  return /^[^-/]/.test(first);
}

function cut(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  let isWord = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string;
    // The comma between the words of a list.
    if (
      char === ',' &&
      quote === '' &&
      /["']/.test(text[index - 1] ?? '') &&
      text.slice(index + 1).trim() === ''
    )
      break;
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && index + 1 < text.length) word += text[++index];
      else word += char;
    } else if (char === "'" || char === '"') {
      // JSON that lost the quotes around it keeps its own.
      if (word.startsWith('{')) word += char;
      else quote = char;
      isWord = true;
    } else if (char === '\\') {
      // Stands at the end of a row, or before what the shell would take apart.
      const next = text[++index];
      if (next !== undefined && !/\s/.test(next)) word += next;
    } else if (/\s/.test(char)) {
      if (isWord || word !== '') words.push(word);
      word = '';
      isWord = false;
    } else word += char;
  }
  if (isWord || word !== '') words.push(word);
  return words.filter((one) => one !== '' && one !== ']');
}
