import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

// The house: which room may import which, no circles, files that fit on a few screens, names that say something.
const SRC = join(import.meta.dirname, '../../src');

/** room -> rooms it may import from (itself is always allowed). */
const ALLOWED: Record<string, readonly string[]> = {
  model: [],
  parse: ['model'],
  case: ['model'],
  diagnose: ['model', 'case'],
  report: ['model'],
  machine: ['model'],
  ui: ['model', 'report'],
  'doctor.ts': ['model', 'parse', 'case', 'diagnose'],
  commands: ['model', 'parse', 'case', 'diagnose', 'report', 'machine', 'ui', 'doctor.ts'],
  'cli.ts': ['commands', 'machine', 'report', 'model'],
  'main.ts': ['cli.ts'],
};

/** Packages by room: what is not named here, a room does not use. */
const PACKAGES: Record<string, readonly string[]> = {
  diagnose: ['yaml', 'zod'],
  machine: ['execa', 'tar-stream'],
  ui: ['ink', 'react', 'chalk', 'string-width'],
  'cli.ts': ['commander'],
};

const LONGEST_FILE = 200;
/** One line for each kind of output: it grows with what can be read. */
const LIST_OF_PARSERS = 'parse/parsers.ts';
const BANNED = /(?:^|[-/])(?:util|utils|helper|helpers|manager|service|common|index)\.(?:ts|tsx)$/;

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
const imports = new Map(files.map((file) => [file, importsOf(file)]));

describe.each(files)('src/%s', (file) => {
  const text = readFileSync(join(SRC, file), 'utf8');

  test('imports only what its room may', () => {
    const room = roomOf(file);
    for (const target of imports.get(file) ?? []) {
      if (target.startsWith('package:')) {
        const name = target.slice('package:'.length);
        if (!name.startsWith('node:')) expect(PACKAGES[room] ?? [], `${file} uses ${name}`).toContain(name);
        else expect(PURE.has(room) ? `${room} uses ${name}` : '').toBe('');
      } else if (roomOf(target) !== room)
        expect(ALLOWED[room], `${file} imports ${target}`).toContain(roomOf(target));
    }
  });

  test('is short and well named', () => {
    if (file !== LIST_OF_PARSERS) expect(text.split('\n').length).toBeLessThanOrEqual(LONGEST_FILE + 1);
    expect(file).not.toMatch(BANNED);
    expect(file).toMatch(/^[a-z0-9./-]+$/);
    expect(text).not.toMatch(/^export default/m);
  });
});

/** No room of these touches the world: they are given texts and give values. */
const PURE = new Set(['model', 'parse', 'case', 'diagnose', 'report', 'doctor.ts']);

test('no circles, type imports included', () => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    expect(path, `circle: ${[...path, file].join(' -> ')}`).not.toContain(file);
    if (done.has(file)) return;
    for (const target of imports.get(file) ?? [])
      if (!target.startsWith('package:')) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
});

function roomOf(file: string): string {
  return file.split('/')[0] ?? file;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const found = [
    ...text.matchAll(
      /(?:^|\s)(?:import|export)\s[^'";]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|^import\s+'([^']+)'/gm,
    ),
  ];
  return found
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .map((target) =>
      target.startsWith('.') ? relative(SRC, join(SRC, dirname(file), target)) : `package:${target}`,
    );
}
