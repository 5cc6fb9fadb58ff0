/** What a terminal tells of its mouse, columns and rows counted from 0. */
export type MouseReport = {
  readonly does: 'click' | 'wheelUp' | 'wheelDown';
  readonly column: number;
  readonly row: number;
};

/**
 * Takes the mouse's reports out of what was read, whether or not they were asked for: their bytes are no keys. The form is
 * xterm's SGR (1006): `ESC [ < button ; column ; row M`, with `m` for the button's release. Where a terminal does not know
 * that form, it sends three bytes after `ESC [ M` instead; FreeBSD's console sends that for F1, so those are taken only
 * while reports are asked for. `held` is the beginning of a report that the end of the read has cut.
 */
export function takeReports(
  read: string,
  isAskedFor: boolean,
): { keys: string; reports: MouseReport[]; held: string } {
  if (!read.includes('\x1b[')) return { keys: read, reports: [], held: '' };
  const reports: MouseReport[] = [];
  const note = (button: number, column: number, row: number, isPress: boolean) => {
    const does = isPress ? DOES.get(button) : undefined;
    if (does) reports.push({ does, column: column - 1, row: row - 1 });
    return '';
  };
  let keys = read.replace(SGR, (_, button, column, row, end) =>
    note(Number(button), Number(column), Number(row), end === 'M'),
  );
  if (isAskedFor)
    keys = keys.replace(X10, (_, [button = '', column = '', row = '']: string) =>
      note(byteOf(button), byteOf(column), byteOf(row), true),
    );
  const held = CUT.exec(keys)?.[0] ?? '';
  return { keys: keys.slice(0, keys.length - held.length), reports, held };
}

const SGR = /\x1b\[<(\d{1,4});(\d{1,5});(\d{1,5})([Mm])/g;
const X10 = /\x1b\[M([\s\S]{3})/g;
const CUT = /\x1b\[<[\d;]{0,16}$/;

/** The left button and the wheel; other buttons and modifiers do nothing. */
const DOES: ReadonlyMap<number, MouseReport['does']> = new Map([
  [0, 'click'],
  [64, 'wheelUp'],
  [65, 'wheelDown'],
]);

function byteOf(character: string): number {
  return character.charCodeAt(0) - 32;
}
