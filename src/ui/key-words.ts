import { type Binding, bindingsOn, type Deed, type ScreenName, screenNames } from './keys.ts';

/** The most useful keys of a screen that fit in one line; how to get help and out always do. */
export function helpLine(screen: ScreenName, width: number, now?: readonly Deed[]): string {
  const always = ['esc back', '? keys', 'q quit'];
  let line: string[] = [];
  for (const { on, deed, keys, label, isShown } of bindingsOn(screen)) {
    if (now && on !== 'all' && !now.includes(deed)) continue;
    const next = [...line, `${keys[0]} ${label}`];
    if (isShown && [...next, ...always].join('  ').length <= width) line = next;
  }
  return [...line, ...always].join('  ').slice(0, width);
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
