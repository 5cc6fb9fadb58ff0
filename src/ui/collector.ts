import { type Collected, collectedLine, isWhole } from '../model/collected.ts';
import { type CollectionOf, countRuns, type OpenCollection } from '../model/collection.ts';
import { addCaptures } from './examine.ts';
import type { Collector, Examining } from './hands.ts';
import { PACE } from './pace.ts';
import { isOverSsh, type Stage } from './state/stage.ts';
import { ticked, unfinished } from './state/to-run.ts';

/** Other machines are reached, or wait, connected, for the person's answer. */
const BEFORE_RUN: ReadonlySet<Stage> = new Set(['reaching', 'planning', 'ask-vm', 'ask-run']);

export function createCollector(examining: Examining): Collector {
  const { world, act, state } = examining;
  let stopper = new AbortController();
  let open: OpenCollection | undefined;
  let running: Promise<void> = Promise.resolve();
  let hasLeft = false;
  /** Bundles that this app has written, by path: the names of their captures. */
  const written = new Map<string, readonly string[]>();

  /** What is done for a collection that is no longer wanted tells nothing. */
  const guarded = async (mine: AbortController, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (mine !== stopper) return;
      // The way there was stopped: what was there before still is.
      if (mine.signal.aborted) act({ do: 'stage', stage: state().collected ? 'ended' : 'ask-run' });
      else act({ do: 'failed', says: (error as Error).message });
    }
  };
  /** This machine is looked at when the app starts; its commands are filled when the person goes there. */
  const isWanted = () => state().screen === 'collect' || state().trail.includes('collect');
  const close = async () => {
    stopper.abort();
    stopper = new AbortController();
    const one = open;
    open = undefined;
    await running;
    await one?.close();
  };
  const connect = async (of: CollectionOf, mine: AbortController) => {
    const opened = await world.openCollection(of, {
      stop: mine.signal,
      tell: (event) => act({ do: 'told', event }),
    });
    if (mine !== stopper) await opened.close();
    else open = opened;
    return mine === stopper ? opened : undefined;
  };
  const fill = async (collection: OpenCollection) => {
    return collection.plan({ ...state().choices, ...PACE });
  };

  const collector: Collector = {
    async reach(of) {
      await close();
      const mine = new AbortController();
      stopper = mine;
      act({ do: 'aim', of });
      act({ do: 'stage', stage: 'reaching' });
      await guarded(mine, async () => {
        const opened = await connect(of, mine);
        if (!opened) return;
        act({ do: 'reached', machines: opened.machines });
        if (state().stage === 'planning' && isWanted()) await collector.plan();
      });
    },
    async plan() {
      const mine = stopper;
      const { of, stage } = state();
      await guarded(mine, async () => {
        const opened = open ?? (await connect(of, mine));
        if (!opened || stage !== 'planning') return;
        const plan = await fill(opened);
        if (mine === stopper) act({ do: 'planned', plan, taps: opened.taps() });
      });
    },
    async run(what) {
      running = guardedRun(what);
      await running;
    },
    stop() {
      const { stage, of } = state();
      if (stage === 'running') {
        act({ do: 'stage', stage: 'stopping' });
        stopper.abort();
      } else if (isOverSsh(of) && BEFORE_RUN.has(stage)) {
        act({ do: 'stage', stage: 'ask-reach' });
        void close();
      }
    },
    async leave() {
      hasLeft = true;
      await close();
    },
  };

  const guardedRun = async (what: 'all' | 'rest') => {
    const wanted = what === 'all' ? ticked(state()) : unfinished(state());
    const { of, collected } = state();
    if (stopper.signal.aborted) stopper = new AbortController();
    const mine = stopper;
    act({ do: 'run', runs: countRuns(wanted) });
    await guarded(mine, async () => {
      const isFilled = open !== undefined;
      const opened = open ?? (await connect(of, mine));
      if (!opened) return;
      if (!isFilled) await fill(opened);
      const result = await opened.run(wanted, {
        interval: PACE.interval,
        ...(what === 'rest' && collected && { output: collected.path }),
      });
      // Who carries on or runs it again looks at the machines again: no connection stays open for that.
      open = undefined;
      await opened.close();
      act({ do: 'collected', collected: result });
      if (!hasLeft) await give(result);
    });
  };

  /** A bundle that was carried on takes the place of what was read of it before. */
  const give = async (result: Collected) => {
    const captures = await world.open(result.path);
    const before = new Set(written.get(result.path));
    if (isWhole(result) && state().screen === 'collect') act({ do: 'go', to: 'findings' });
    // The screen of collecting says it itself.
    const says = state().screen === 'collect' ? '' : collectedLine(result);
    await addCaptures(examining, captures, says, before);
    written.set(
      result.path,
      state()
        .captures.filter(({ text }) => captures.some((capture) => capture.text === text))
        .map(({ name }) => name),
    );
  };
  return collector;
}
