import { render } from 'ink';
import { App, type Start } from './app.tsx';
import { type NoKeys, pasteGate } from './input/paste-gate.ts';
import type { World } from './world.ts';

/** Opens the app on the alternate screen and resolves when the person leaves it; the terminal is then as it was. */
export async function openApp(world: World, start: Start = {}): Promise<void> {
  let noKeys: NoKeys | undefined;
  const listen = (given: NoKeys) => {
    noKeys = given;
  };
  const work: Promise<void>[] = [];
  const atExit = (one: Promise<void>) => void work.push(one);
  const app = render(<App world={world} start={start} listen={listen} atExit={atExit} />, {
    stdin: pasteGate(process.stdin, () => noKeys),
    alternateScreen: true,
    // The caller has seen that there is a terminal; an environment that smells of CI does not change that.
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    incrementalRendering: true,
  });
  const leave = () => app.unmount();
  // A connection that is cut leaves nothing running either.
  process.on('SIGTERM', leave).on('SIGHUP', leave);
  await app.waitUntilExit();
  await Promise.all(work);
  process.off('SIGTERM', leave).off('SIGHUP', leave);
}
