import type { Session } from '../model/session.ts';
import { examine } from './examine.ts';
import type { Examining } from './hands.ts';
import { screenNames } from './keys.ts';
import { compareWith } from './second-look.ts';
import type { State } from './state.ts';

/** Back into the session that was left last, to the screen where it was left. */
export async function resume(hands: Examining): Promise<void> {
  const { world, act } = hands;
  try {
    const kept = await world.keptSession();
    if (!kept) return act({ do: 'say', message: 'There is no session to go on with.' });
    const { session, lost } = await world.resume(kept.id);
    const { captures, second, complaint, screen, done } = session;
    act({ do: 'restore', done });
    act({ do: 'go', to: 'findings' });
    const left = READ.find((name) => name === screen);
    if (left) act({ do: 'go', to: left });
    const when = kept.saved.slice(0, 16).replace('T', ' ');
    const but = lost > 0 ? ` ${counted(lost)} could not be read.` : '';
    await examine(
      hands,
      captures,
      complaint,
      `Back in the session of ${when} UTC: ${counted(captures.length)}.${but}`,
    );
    if (!second) return;
    act({ do: 'lookAgain' });
    if (second.length > 0)
      await compareWith(hands, second, `Back in the session of ${when} UTC, after the fix.`);
  } catch (error) {
    act({ do: 'say', message: (error as Error).message });
  }
}

function counted(captures: number): string {
  return `${captures} capture${captures === 1 ? '' : 's'}`;
}

/** Screens that can be gone back to; that of a collection is gone with its machines. */
const READ = screenNames.filter((name) => !['start', 'complaint', 'side', 'collect', 'log'].includes(name));

/** What of the state is kept; null while there is nothing to lose. The built-in case is nobody's. */
export function sessionOf({ captures, second, complaint, screen, done }: State): Session | null {
  const own = captures.filter(({ origin }) => origin !== 'built-in');
  return own.length === 0
    ? null
    : { captures: own, ...(second && { second: second.captures }), complaint, screen, done };
}

/** Whether something changed that is to be kept. */
export function isKeptAnew(before: State, after: State): boolean {
  return (
    before.captures !== after.captures ||
    before.second !== after.second ||
    before.complaint !== after.complaint ||
    before.screen !== after.screen ||
    before.done !== after.done
  );
}
