import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { BUNDLE_HEAD, type BundleHead, MARK, type Section } from '../model/bundle.ts';
import { reason } from './files.ts';
import { InputError } from './input-error.ts';

/** The head of a bundle: who made it, when, and how to read it. */
export function bundleHead({ madeBy, taken, isRedacted }: BundleHead): string {
  return [
    BUNDLE_HEAD,
    `# made by ${madeBy}`,
    `# taken ${taken}`,
    `# redacted ${isRedacted ? 'yes' : 'no'}`,
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
    `${MARK} run ${printable(argv)}\n`,
    `${MARK} taken ${taken}\n`,
    through ? `${MARK} through ${printable(through)}\n` : '',
    body,
    `${MARK} end ${index} ${outcome.replace(' ', '-')} lines ${lines} bytes ${Buffer.byteLength(body)} seconds ${seconds.toFixed(1)}${sum}\n`,
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

export type BundleFile = {
  readonly path: string;
  /** Appends a section and sees it written; a part of it never stays. */
  add(section: Section): void;
  /** Gives the file its final name. */
  finish(): string;
  /** What is there stays, as a whole bundle, though the end is missing. */
  abandon(): string;
};

/**
 * A bundle while it grows: beside its final name, so that a half written one is never taken for it, and so that two
 * collections at once do not meet. Each section is in one write; throws InputError when the disk refuses.
 */
export function createBundle(path: string, head: BundleHead): BundleFile {
  const draft = `${path}.${process.pid}.part`;
  const file = guarded(path, () => openSync(draft, 'wx', 0o600));
  let size = 0;
  let count = 0;
  let isClosed = false;
  const append = (text: string) => {
    const bytes = Buffer.from(text);
    guarded(path, () => {
      for (let written = 0; written < bytes.length; )
        written += writeSync(file, bytes, written, bytes.length - written, size + written);
    });
    size += bytes.length;
  };
  const close = () => {
    if (isClosed) return path;
    isClosed = true;
    guarded(path, () => {
      fsyncSync(file);
      closeSync(file);
      renameSync(draft, path);
    });
    return path;
  };
  try {
    append(bundleHead(head));
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return {
    path,
    add(section) {
      count++;
      append(bundleSection(section, count));
    },
    finish() {
      append(bundleEnd(count));
      return close();
    },
    abandon: close,
  };
}

function guarded<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new InputError(`${path}: not written: ${reason(error)}`);
  }
}
