import { compare, doctor } from '../../src/doctor.ts';
import { formatNamed, formats } from '../../src/report/formats.ts';
import { redact } from '../../src/report/redact.ts';
import type { World } from '../../src/ui/world.ts';
import { knowledge, readCase } from '../cases.ts';

export const seed = readCase('no-carrier-vlan-40');
export const IFCONFIG = seed.captures.find(({ name }) => name.endsWith('ifconfig.txt'))?.text ?? '';

/** A world without a machine behind it, for tests of the screens; what a test wants otherwise it hands in. */
export function standInWorld(other: Partial<World> = {}): World {
  return {
    diagnose: async (captures, complaint) => doctor(captures, complaint, knowledge),
    openCollection: () => new Promise(() => undefined),
    recentBundles: async () => [],
    keep: async () => undefined,
    leaveSession: async () => undefined,
    keptSessions: async () => [],
    resume: async () => {
      throw new Error('there is no session.');
    },
    open: async (path) => {
      if (!/^(?:\/tmp\/)?ok\.txt$/.test(path)) throw new Error(`${path}: no such file or folder.`);
      return [{ name: 'ok.txt', side: 'guest', origin: 'file', text: IFCONFIG }];
    },
    demo: () => seed.captures.map((capture) => ({ ...capture, origin: 'built-in' })),
    formats,
    render: (report, format, options) =>
      formatNamed(format).render(options.redact ? redact(report).report : report),
    save: async (path) => path,
    copy: () => undefined,
    mouse: () => undefined,
    unicode: true,
    compare: async (before, after) => compare(before, after, knowledge),
    page: async () => undefined,
    edit: async (text) => text,
    ...other,
  };
}
