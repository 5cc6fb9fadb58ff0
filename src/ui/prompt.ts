export const prompts = [
  'open',
  'search',
  'filter',
  'savePlan',
  'saveExport',
  'saveLog',
  'seek',
  'monitor',
  'sshGuest',
  'sshHost',
] as const;

/** A line being typed, and what it is for. */
export type Prompt = {
  readonly asks: (typeof prompts)[number];
  readonly label: string;
  readonly text: string;
  /** Enter alone is an answer too. */
  readonly mayBeEmpty?: boolean;
  /** What was answered to the question before: the guest, when its host is asked for. */
  readonly guest?: string;
  /** Where the next letter goes, counted in UTF-16 units. */
  readonly at: number;
};

export function ask(asks: Prompt['asks'], label: string, text = ''): Prompt {
  return { asks, label, text, at: text.length };
}

/** One key of the line, by name; `text:...` is a piece that was pasted. The usual keys of a shell's line edit it. */
export function type(prompt: Prompt, key: string): Prompt {
  const { text, at } = prompt;
  const before = text.slice(0, at);
  const after = text.slice(at);
  const put = (left: string, right: string) => ({ ...prompt, text: left + right, at: left.length });
  switch (key) {
    case 'left':
    case 'ctrl-b':
      return { ...prompt, at: lessOne(before).length };
    case 'right':
    case 'ctrl-f':
      return { ...prompt, at: text.length - withoutFirst(after).length };
    case 'home':
    case 'ctrl-a':
      return { ...prompt, at: 0 };
    case 'end':
    case 'ctrl-e':
      return { ...prompt, at: text.length };
    case 'backspace':
    case 'ctrl-h':
      return put(lessOne(before), after);
    case 'delete':
    case 'ctrl-d':
      return put(before, withoutFirst(after));
    case 'ctrl-w':
      return put(before.replace(/[^\s/]*[\s/]*$/, ''), after);
    case 'ctrl-u':
      return put('', after);
    case 'ctrl-k':
      return put(before, '');
  }
  if (key.startsWith('text:')) return put(before + key.slice(5), after);
  if (key === 'space') return put(`${before} `, after);
  return [...key].length === 1 ? put(before + key, after) : prompt;
}

/** The line as it is shown in `width` columns: the end of the label, and the part around the cursor `_`. */
export function promptText({ label, text, at }: Prompt, width: number): string {
  const shown = `${text.slice(0, at)}_${text.slice(at)}`;
  // An error stands at the end of the label, after the path that it is about: over half of the row keeps its reason.
  const room = Math.max(8, width - Math.min(label.length, Math.floor(width * 0.55)) - 1);
  const from = Math.max(0, Math.min(at - room + 4, shown.length - room));
  const line = shown.slice(from, from + room);
  const left = Math.max(0, width - line.length - 1);
  return `${label.length > left ? `\u2026${label.slice(label.length - left + 1)}` : label} ${line}`;
}

function lessOne(text: string): string {
  return text.slice(0, text.length - ([...text.slice(-2)].length === 1 ? 2 : 1));
}

function withoutFirst(text: string): string {
  return text.slice([...text.slice(0, 2)].length === 1 ? 2 : 1);
}
