import type { Capture, Side } from '../model/capture.ts';
import { readCaptures } from './files.ts';

/** The built-in case: what its folder in fixtures/cases holds, put in by the build. */
declare const DEMO: readonly { name: string; text: string }[] | undefined;

export async function demoCaptures(): Promise<Capture[]> {
  const files = typeof DEMO === 'undefined' ? await readDemo() : DEMO;
  return files.map(({ name, text }) => ({
    name,
    text,
    side: name.split('/')[0] as Side,
    origin: 'built-in',
  }));
}

async function readDemo(): Promise<{ name: string; text: string }[]> {
  return readCaptures([`${import.meta.dirname}/../../fixtures/cases/no-carrier-vlan-40`]);
}
