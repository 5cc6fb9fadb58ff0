#!/usr/bin/env node
// Kept to what an old Node can read; all else is loaded only when this Node is new enough.

const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`vio-doctor needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exitCode = 64;
} else if (process.argv[2] === '--version' || process.argv[2] === '-V') {
  console.log(VERSION);
} else {
  const { runCli } = await import('./cli.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}

declare const VERSION: string;
