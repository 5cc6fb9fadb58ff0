import { type Binding, bindingsOn, type Deed, type ScreenName, screenNames } from './keys.ts';

export type HelpPart = { readonly key: string; readonly says: string };

/** The most useful keys of a screen that fit in one line; how to get help and out always do. */
export function helpParts(screen: ScreenName, width: number, now?: readonly Deed[]): HelpPart[] {
  const always = ['esc back', '? keys', 'q quit'].map(part);
  let line: HelpPart[] = [];
  for (const { on, deed, keys, label, isShown } of bindingsOn(screen)) {
    if (now && on !== 'all' && !now.includes(deed)) continue;
    const next = [...line, part(`${keys[0]} ${label}`)];
    const all = [...next, ...always].map(({ says }) => says).join('  ');
    if (isShown && all.length <= width) line = next;
  }
  return [...line, ...always];
}

function part(says: string): HelpPart {
  return { key: says.split(' ')[0] ?? '', says };
}

/** `plan, export`; `everywhere but plan`. */
export function whereBound({ on }: Binding): string {
  if (on === 'all') return 'everywhere';
  const missing = screenNames.filter((name) => !on.includes(name));
  return missing.length <= 2 ? `everywhere but ${missing.join(', ')}` : on.join(', ');
}

/** `y`, `down, j`, `1-9` */
export function keyNames({ keys, shownAs }: Binding): string {
  return shownAs ?? keys.join(', ');
}
