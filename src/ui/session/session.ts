import type { KeptSession, Session } from '../../model/session.ts';
import { aboutLine } from '../../report/unknowns.ts';
import { shownFindings } from '../chosen.ts';
import { examine } from '../examine.ts';
import type { Examining } from '../hands.ts';
import { compareWith } from '../second-look.ts';
import { nothingGiven } from '../state/given.ts';
import { firstPlace } from '../state/place.ts';
import { unread } from '../state/reading.ts';
import { isOverSsh } from '../state/stage.ts';
import type { State } from '../state.ts';
import { askSides } from '../which-side.ts';
import { collectionOf, readCollection } from './session-collection.ts';
import { findingName, isScreen, readView, VIEWED, viewOf } from './session-view.ts';

/** Back into a session that was left (the last one, where none is named), to the place where it was left. */
export async function resume(hands: Examining, id?: string): Promise<void> {
  const { world, act, state } = hands;
  try {
    // What was given until now is a session of its own, and stays.
    await world.keep(sessionOf(state()));
    const others = await world.keptSessions();
    const free = others.filter(({ heldBy }) => heldBy === undefined);
    const kept = id === undefined ? free[0] : free.find((one) => one.id === id);
    if (!kept) return act({ do: 'say', message: noneLine(others) });
    const { session, lost } = await world.resume(kept.id);
    const { captures, second, complaint } = session;
    act({ do: 'restore', of: placeOf(session) });
    if (!isCollecting(state())) act({ do: 'restore', of: readCollection(session.view ?? {}) ?? {} });
    const when = timeOf(kept);
    const but = lost > 0 ? ` ${counted(lost)} could not be read.` : '';
    const message = `Back in the session of ${when}: ${counted(captures.length)}.${but}`;
    if (captures.length > 0 || complaint !== null) await examine(hands, captures, complaint, message);
    else act({ do: 'restore', of: { message } });
    settle(hands, session);
    if (!second) askSides(hands);
    if (second && second.length > 0)
      await compareWith(hands, second, () => `Back in the session of ${when}, after the fix.${but}`, true);
  } catch (error) {
    act({ do: 'say', message: (error as Error).message });
  } finally {
    await findLeft(hands);
  }
}

/** What earlier runs left: bundles and sessions. */
export async function findLeft({ world, act }: Examining): Promise<void> {
  const [bundles, sessions] = await Promise.all([world.recentBundles(), world.keptSessions()]);
  act({ do: 'found', bundles, kept: sessions.filter(({ heldBy }) => heldBy === undefined) });
}

/** Another case is looked at from now on: the present one is offered at the start. */
export async function leaveBehind(hands: Examining): Promise<void> {
  const { world, state, act } = hands;
  try {
    await world.keep(sessionOf(state()));
    await world.leaveSession();
    await findLeft(hands);
  } catch (error) {
    act({ do: 'say', message: (error as Error).message });
  }
}

function noneLine([held]: readonly KeptSession[]): string {
  return held
    ? `The session of ${timeOf(held)} is still open in process ${held.heldBy}: go on there, or end it first.`
    : 'There is no session to go on with.';
}

/** `2026-11-27 03:12 UTC` */
function timeOf({ saved }: KeptSession): string {
  return `${saved.slice(0, 16).replace('T', ' ')} UTC`;
}

function counted(captures: number): string {
  return `${captures} capture${captures === 1 ? '' : 's'}`;
}

/** All of the state that a session holds; what it does not say is as at the beginning. */
function placeOf({ captures, second, screen, done, edited, view = {} }: Session): Partial<State> {
  const known = readView(view);
  const unplaced = (known.unplaced ?? []).filter((name) => captures.some((one) => one.name === name));
  const trail = known.trail ?? ['start'];
  const isLost = !isScreen(screen) || screen === 'log' || (screen === 'side' && unplaced.length === 0);
  const [before = 'findings', ...way] = isLost ? trail.toReversed() : [screen, ...trail.toReversed()];
  return {
    ...firstPlace,
    ...nothingGiven,
    ...unread,
    prompt: null,
    ...known,
    unplaced,
    screen: before,
    trail: way.reverse(),
    done,
    edited: edited ?? null,
    second: second ? { captures: second, comparison: null, report: null } : null,
  };
}

/** The finding that was chosen, wherever it stands now; and the start, where the person had gone back there from the findings. */
function settle({ act, state }: Examining, { screen, view, about }: Session): void {
  const now = state();
  const at = shownFindings(now).findIndex((finding) => findingName(finding) === view?.finding);
  act({ do: 'restore', of: { cursor: { ...now.cursor, findings: Math.max(0, at) } } });
  if (about && now.screen === 'findings' && (screen === 'start' || screen === 'complaint'))
    act({ do: 'restore', of: { screen, trail: now.trail.slice(0, -1) } });
}

/** What of the state is kept; null while there is nothing to lose. The built-in case is nobody's. */
export function sessionOf(state: State): Session | null {
  const { captures, second, complaint, screen, done, edited, report } = state;
  const isBuiltIn = captures.some(({ origin }) => origin === 'built-in');
  if (isBuiltIn || (captures.length === 0 && complaint === null && isUntyped(state))) return null;
  return {
    captures,
    ...(second && { second: second.captures }),
    complaint,
    screen,
    done,
    ...(edited && { edited }),
    about: report ? aboutLine(report) : '',
    view: { ...viewOf(state), ...collectionOf(state) },
  };
}

/** Nothing that would have to be typed again. */
function isUntyped({ prompt, of }: State): boolean {
  return (prompt === null || prompt.text.trim() === '') && !isOverSsh(of);
}

function isCollecting({ stage }: State): boolean {
  return stage === 'running' || stage === 'stopping';
}

/** The fields of the state whose change is kept. */
const KEPT = [
  ...VIEWED,
  'captures',
  'second',
  'complaint',
  'screen',
  'done',
  'edited',
  'report',
  'of',
  'choices',
  'unticked',
  'hasCollected',
] as const;

export function isKeptAnew(before: State, after: State): boolean {
  return KEPT.some((key) => before[key] !== after[key]);
}
