import { BUNDLE_HEAD, type BundleHead, MARK, type Section } from './bundle.ts';

/** The head of a bundle: who made it, when, and how to read it. */
export function bundleHead({ madeBy, taken, isRedacted, notRun = [], notes = [] }: BundleHead): string {
  return [
    BUNDLE_HEAD,
    `# made by ${madeBy}`,
    `# taken ${taken}`,
    `# redacted ${isRedacted ? 'yes' : 'no'}`,
    ...notRun.map((why) => `# not run: ${why}`),
    ...notes.map((says) => `# note: ${says.replace(/\s/g, ' ')}`),
    '# Read it with: vio-doctor diagnose THIS-FILE',
    '',
  ].join('\n');
}

/** One section, its counts at the end: lines and bytes between the markers. */
export function bundleSection(section: Section, index: number): string {
  const { machine, probe, argv, through, taken, outcome, seconds, text, isBinary, sha256 } = section;
  const body = bodyOf(text);
  const lines = body === '' ? 0 : body.split('\n').length - 1;
  const kind = isBinary ? ' base64' : '';
  const sum = sha256 === undefined ? '' : ` sha256 ${sha256}`;
  return [
    `${MARK} begin ${index} ${machine} ${probe}${kind}\n`,
    argv.length > 0 ? `${MARK} run ${printable(argv)}\n` : '',
    taken === '' ? '' : `${MARK} taken ${taken}\n`,
    through ? `${MARK} through ${printable(through)}\n` : '',
    body,
    `${MARK} end ${index} ${outcome.replace(' ', '-')} lines ${lines} bytes ${new TextEncoder().encode(body).length} seconds ${seconds.toFixed(1)}${sum}\n`,
  ].join('');
}

export function bundleEnd(sections: number): string {
  return `${MARK} done ${sections}\n`;
}

/** Whole lines, none of which can be taken for a marker. */
function bodyOf(text: string): string {
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return whole.replace(/^(?=#==)/gm, `${MARK}|`);
}

/** One line, words quoted where blanks would run them together. */
function printable(argv: readonly string[]): string {
  return argv
    .map((word) =>
      /^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replace(/[\n\r]/g, ' ').replaceAll("'", `'\\''`)}'`,
    )
    .join(' ');
}
