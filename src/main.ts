#!/usr/bin/env node
import { createRequire } from 'node:module';

// The program is a text until it is needed (src/bundle.mjs): an old Node can still read this file and say what it lacks,
// and `--version` does not wait for the rest to be compiled.
declare const VERSION: string;
declare const PROGRAM: string;

type Loaded = { runCli?: (args: string[]) => Promise<number> };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`vio-doctor needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exitCode = 64;
} else if (process.argv[2] === '--version' || process.argv[2] === '-V') {
  console.log(VERSION);
} else {
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parts: string[]
  ) => (require: NodeJS.Require, loaded: Loaded, url: string) => Promise<void>;
  const loaded: Loaded = {};
  await new AsyncFunction('require', 'LOADED', 'URL_OF_PROGRAM', PROGRAM)(
    createRequire(import.meta.url),
    loaded,
    import.meta.url,
  );
  process.exitCode = (await loaded.runCli?.(process.argv.slice(2))) ?? 70;
}
