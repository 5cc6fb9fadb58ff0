import { collectedLine } from '../../model/collected.ts';
import {
  type CollectionEvent,
  type CollectionOf,
  type CollectionPlan,
  commandLine,
  leftOutByReason,
  leftOutLine,
  type OpenCollection,
} from '../../model/collection.ts';
import { addCaptures } from '../examine.ts';
import { PACE } from '../pace.ts';
import { machineLine } from '../screens/machine-line.ts';
import type { Chosen } from '../state/collecting.ts';
import { ADDING, chosenVm, isOffered, LETTERS } from './adding.ts';
import { examined, type Seat } from './seat.ts';

/** Looks at this machine or at others over ssh: shows what would run, runs it after a yes, and reads the result. */
export async function collectPlainly(seat: Seat, of: CollectionOf): Promise<void> {
  const stopper = new AbortController();
  const stop = () => stopper.abort();
  process.once('SIGINT', stop);
  try {
    const opened = await seat.world.openCollection(of, { stop: stopper.signal, tell: tellTo(seat) });
    try {
      await collectFrom(seat, opened);
    } finally {
      await opened.close();
    }
  } catch (error) {
    await seat.talk.say((error as Error).message);
  } finally {
    process.removeListener('SIGINT', stop);
  }
}

/** Asks for the machines, as ssh takes them. */
export async function collectOverSsh(seat: Seat): Promise<void> {
  const guest = (await seat.talk.ask('The guest, as ssh takes it (root@fw); empty: none:'))?.trim();
  const host = (await seat.talk.ask('Its host, as ssh takes it (root@pve); empty: none:'))?.trim();
  if (!guest && !host) return seat.talk.say('Neither a guest nor a host was named.');
  await collectPlainly(seat, { ...(guest && { guest }), ...(host && { host }) });
}

async function collectFrom(seat: Seat, opened: OpenCollection): Promise<void> {
  const { talk } = seat;
  await talk.say(...opened.machines.map((machine) => `${machine.where}: ${machineLine(machine)}`));
  const vm = await chosenVm(seat, opened);
  if (!vm) return talk.say('Nothing was run.');
  const plan = await agreedPlan(seat, opened, vm);
  if (!plan) return talk.say('Nothing was run.');
  await talk.say('They run. Ctrl-C stops, and keeps what is there.');
  const collected = await opened.run(plan, { interval: PACE.interval });
  await examined(seat, addCaptures(seat, await seat.world.open(collected.path), collectedLine(collected)));
}

/** Shows what would run until the person says yes to it; each addition shows all of it anew. */
async function agreedPlan(
  seat: Seat,
  opened: OpenCollection,
  vm: Chosen,
): Promise<CollectionPlan | undefined> {
  let choices = vm;
  let plan = await opened.plan({ ...choices, ...PACE });
  for (;;) {
    await seat.talk.say(...planLines(plan));
    const letters = Object.keys(ADDING).filter((letter) => isOffered(letter, plan, choices));
    const more = letters.length > 0 ? `, or ${letters.join(', ')} as above` : '';
    const given = (await seat.talk.ask(`Run them? yes or no${more} [no]:`))?.trim().toLowerCase() ?? '';
    if (/^y(?:es)?$/.test(given)) return plan.probes.length > 0 ? plan : undefined;
    const changed = letters.includes(given)
      ? await ADDING[given]?.(seat, { opened, plan, choices })
      : undefined;
    if (!letters.includes(given)) return undefined;
    if (!changed) continue;
    try {
      plan = await opened.plan({ ...changed, ...PACE });
      choices = changed;
    } catch (error) {
      await seat.talk.say((error as Error).message);
    }
  }
}

function planLines({ probes, leftOut }: CollectionPlan): string[] {
  const disturbing = probes.filter(({ disturbs }) => disturbs !== undefined).length;
  const but = disturbing === 0 ? 'they change nothing' : `${disturbing} of them may disturb`;
  return [
    probes.length === 0
      ? 'There is nothing to run on it.'
      : `Commands that would run, ${probes.length}; ${but}:`,
    ...probes.map((probe) => {
      const marks = [
        probe.disturbs === undefined ? '' : `may disturb: ${probe.disturbs}`,
        probe.twice ? 'twice' : '',
      ].filter(Boolean);
      return `  ${probe.machine}# ${commandLine(probe)}${marks.length > 0 ? `   (${marks.join('; ')})` : ''}`;
    }),
    ...leftOutByReason(leftOut).map((group) => `  not run: ${leftOutLine(group, LETTERS)}`),
  ];
}

/** A line for each command that has ended: nothing moves, nothing is overwritten. */
function tellTo({ talk }: Seat): (event: CollectionEvent) => void {
  return (event) => {
    if (event.kind !== 'ended') return;
    const { step, outcome, milliseconds } = event;
    talk.tell(`${step.machine}# ${commandLine(step)}: ${outcome}, ${(milliseconds / 1000).toFixed(1)} s`);
  };
}
