import { doctor } from '../doctor.ts';
import { demoCaptures } from '../machine/demo.ts';
import { type OpenSession, openSession } from '../machine/sessions.ts';
import { formatNamed } from '../report/formats.ts';
import { dialogue } from '../ui/plain/dialogue.ts';
import { runPlainApp } from '../ui/plain/plain-app.ts';
import { typedLines } from '../ui/plain/typed-lines.ts';
import type { World } from '../ui/world.ts';
import { appWorld } from './app-world.ts';
import { exitCodeOf } from './diagnose.ts';
import { type Examiner, openExaminer } from './examiner.ts';
import { loadKnowledge } from './knowledge.ts';

/** Opens the app; where there is no terminal to draw on, prints the built-in case (demo) or how to go on. */
export async function openTerminalApp({
  demo,
  plain = false,
  resume = false,
  mouse = false,
}: {
  demo: boolean;
  plain?: boolean | undefined;
  resume?: boolean | undefined;
  mouse?: boolean | undefined;
}): Promise<number> {
  const knowledge = await loadKnowledge();
  const captures = demo ? await demoCaptures() : [];
  const builtIn = await demoCaptures();
  const session = openSession();
  const worldWith = (examiner: Examiner) => appWorld(examiner, knowledge, builtIn, session);
  if (plain || (isTerminal() && !canDraw())) {
    await openPlainApp(worldWith(openExaminer(undefined, knowledge)), { demo, resume });
    return leave(session);
  }
  if (!canDraw()) {
    if (!demo) {
      console.error(
        'vio-doctor: this is no terminal to draw on. Use `vio-doctor diagnose FILE...`, or `vio-doctor demo` to see the built-in case.',
      );
      return 64;
    }
    const report = doctor(captures, 'no-link', knowledge);
    process.stdout.write(formatNamed('text').render(report));
    return exitCodeOf(report);
  }
  // Ink's colours do not know NO_COLOR; this must be said before Ink is loaded.
  if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';
  const { openApp } = await import('../ui/open-app.tsx');
  await openApp(
    worldWith(openExaminer(programFile(), knowledge)),
    demo ? { captures, complaint: 'no-link', mouse } : { resume, mouse },
  );
  return leave(session);
}

function leave(session: OpenSession): number {
  if (session.hasKept()) console.error('Your session is kept; to go on with it: vio-doctor --resume');
  return 0;
}

async function openPlainApp(world: World, start: { demo: boolean; resume: boolean }): Promise<void> {
  const lines = typedLines(process.stdin);
  const rows = () => (isTerminal() ? (process.stdout.rows ?? null) : null);
  await runPlainApp(
    world,
    dialogue(lines, (text) => void process.stdout.write(text), rows),
    start,
  );
  lines.close();
}

declare const VERSION: string | undefined;

/** The one file that is this program; none when it is run from source. */
function programFile(): URL | undefined {
  return typeof VERSION === 'undefined' ? undefined : new URL(import.meta.url);
}

function canDraw(): boolean {
  return isTerminal() && process.env.TERM !== 'dumb';
}

function isTerminal(): boolean {
  return Boolean(process.stdin.isTTY && process.stdout.isTTY);
}
