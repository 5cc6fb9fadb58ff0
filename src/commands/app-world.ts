import { homedir } from 'node:os';
import { relative, resolve } from 'node:path';
import { clipboardSequence } from '../machine/clipboard.ts';
import { readCaptures } from '../machine/files.ts';
import { edit, page } from '../machine/hand-over.ts';
import { askForMouse } from '../machine/mouse.ts';
import { folderFor, recentBundles } from '../machine/recent-bundles.ts';
import { save } from '../machine/save.ts';
import type { OpenSession } from '../machine/sessions.ts';
import type { Capture } from '../model/capture.ts';
import type { Knowledge } from '../model/rule.ts';
import { formatNamed, formats } from '../report/formats.ts';
import { redact } from '../report/redact.ts';
import type { World } from '../ui/world.ts';
import { showsUnicode } from './diagnose.ts';
import type { Examiner } from './examiner.ts';
import { freeName, openCollection } from './open-collection.ts';

/** The world of the terminal app: this machine, its files, its terminal. */
export function appWorld(
  examiner: Examiner,
  knowledge: Knowledge,
  builtIn: readonly Capture[],
  session: OpenSession,
): World {
  return {
    diagnose: (captures, complaint) => examiner.diagnose(captures, complaint, pathsOf(captures)),
    openCollection: (of, watch) => openKept(of, watch, knowledge),
    recentBundles,
    keep: session.keep,
    leaveSession: session.leave,
    keptSessions: async () => session.others(),
    resume: session.resume,
    open,
    demo: () => builtIn,
    formats,
    render: (report, format, options) =>
      formatNamed(format).render(options.redact ? redact(report).report : report),
    unicode: showsUnicode(process.env),
    compare: examiner.compare,
    page: (text, name, row) => page(text, name, row, process.env),
    edit: (text, name) => edit(text, name, process.env),
    save: async (path, text) => save(path, text),
    mouse: askForMouse,
    copy: (text) => void process.stdout.write(clipboardSequence(text, process.env)),
  };
}

/** What is opened knows its place: a plan names it. */
async function open(given: string): Promise<Capture[]> {
  const path = given.replace(/^~(?=\/|$)/, homedir());
  const captures = await readCaptures([path]);
  return captures.map((capture) => ({ ...capture, path: resolve(path) }));
}

/** The paths that all of it was opened from, as they are named from here; none where something has no path. */
function pathsOf(captures: readonly Capture[]): string[] {
  if (captures.some(({ path }) => path === undefined)) return [];
  const paths = captures.map(({ path = '' }) => {
    const near = relative(process.cwd(), path);
    return near === '' || near.startsWith('..') ? path : near;
  });
  return [...new Set(paths)];
}

/** Its bundles go to this folder, or where that is not ours to write to, to where the program keeps its things. */
const openKept = async (...[of, watch, knowledge]: [...Parameters<World['openCollection']>, Knowledge]) => {
  const collection = await openCollection(of, { ...watch, knowledge });
  return {
    ...collection,
    run: (...[plan, options]: Parameters<typeof collection.run>) =>
      collection.run(plan, { ...options, output: options.output ?? freeName(folderFor()) }),
  };
};
