import { homedir } from 'node:os';
import { compare } from '../doctor.ts';
import { clipboardSequence } from '../machine/clipboard.ts';
import { readCaptures } from '../machine/files.ts';
import { edit, page } from '../machine/hand-over.ts';
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
  diagnose: Examiner,
  knowledge: Knowledge,
  builtIn: readonly Capture[],
  session: OpenSession,
): World {
  return {
    diagnose,
    openCollection: (of, watch) => openKept(of, watch, knowledge),
    recentBundles,
    keep: session.keep,
    leaveSession: session.leave,
    keptSessions: async () => session.left(),
    resume: session.resume,
    open: (path) => readCaptures([path.replace(/^~(?=\/|$)/, homedir())]),
    demo: () => builtIn,
    formats,
    render: (report, format, options) =>
      formatNamed(format).render(options.redact ? redact(report).report : report),
    unicode: showsUnicode(process.env),
    compare: async (before, after) => compare(before, after, knowledge),
    page: (text, name, row) => page(text, name, row, process.env),
    edit: (text, name) => edit(text, name, process.env),
    save: async (path, text) => save(path, text),
    copy: (text) => void process.stdout.write(clipboardSequence(text, process.env)),
  };
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
