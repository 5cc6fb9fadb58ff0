#!/usr/bin/env node
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// The program is texts until they are needed (src/bundle.mjs): an old Node can still read this file and say what it lacks,
// and nobody waits for what he does not use to be compiled.
declare const VERSION: string;
declare const KNOWLEDGE: string;
declare const PROGRAMS: Readonly<Record<string, string>>;

type Loaded = { runCli?: (args: string[]) => Promise<number> };
type Load = (name: string) => Promise<Loaded>;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`vio-doctor needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exitCode = 64;
} else if (process.argv[2] === '--version' || process.argv[2] === '-V') {
  console.log(VERSION);
} else {
  // The rest takes a moment to be compiled, and other machines take longer to answer: at once it is seen that something happens.
  if (process.argv[2] === 'collect' && !process.argv.some((word) => /^(?:-h|--help)$/.test(word)))
    console.error('vio-doctor: looking at the machine');
  // Hundreds of expressions are used a few times each: V8 would compile them twice, first to be interpreted. A later Node may
  // know the flag no more, and say so aloud.
  if (major <= 26) setFlagsFromString('--no-regexp-tier-up');
  const { runCli } = await load('vio-doctor');
  process.exitCode = (await runCli?.(process.argv.slice(2))) ?? 70;
}

async function load(name: string): Promise<Loaded> {
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parts: string[]
  ) => (require: NodeJS.Require, load: Load, loaded: Loaded, url: string, knowledge: string) => Promise<void>;
  const names = ['require', 'LOAD', 'LOADED', 'URL_OF_PROGRAM', 'KNOWLEDGE'];
  const loaded: Loaded = {};
  const run = new AsyncFunction(...names, PROGRAMS[name] ?? '');
  await run(createRequire(import.meta.url), load, loaded, import.meta.url, KNOWLEDGE);
  return loaded;
}
