import {
  type CollectionEvent,
  type CollectionOf,
  type CollectionPlan,
  commandLine,
  leftOutByReason,
  type OpenCollection,
} from '../../model/collection.ts';
import { PACE } from '../collector.ts';
import { addCaptures } from '../examine.ts';
import { vmChoices } from '../screens/collect.ts';
import { machineLine } from '../screens/machine-line.ts';
import { chooseFrom, examined, isYes, type Seat } from './seat.ts';

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
  const plan = await opened.plan({ ...(vm && { vm }), ...PACE });
  if (plan.probes.length === 0) return talk.say('There is nothing to run on it.');
  await talk.say(`Commands that would run, ${plan.probes.length}; they change nothing:`, ...planLines(plan));
  if (!(await isYes(seat, 'Run them?'))) return talk.say('Nothing was run.');
  await talk.say('They run. Ctrl-C stops, and keeps what is there.');
  const { path, outputs, failed, isStopped } = await opened.run(plan, { interval: PACE.interval });
  const but = failed > 0 ? `, ${failed} of them refused, missing or stopped` : '';
  const told = `${isStopped ? 'Stopped; kept' : 'Collected'} in ${path}: ${outputs} outputs${but}.`;
  await examined(seat, addCaptures(seat, await seat.world.open(path), told));
}

async function chosenVm(seat: Seat, { machines }: OpenCollection): Promise<string | undefined> {
  const vms = machines.filter(({ machine }) => machine === 'host').flatMap(({ survey }) => survey.vms);
  if (vms.length === 0) return undefined;
  let chosen: string | undefined;
  const choices = vmChoices({ machines }).map(({ vm, says }) => ({
    says,
    act: async () => {
      chosen = vm ?? undefined;
    },
  }));
  await chooseFrom(seat, 'Whose NIC misbehaves?', choices, 'none of them');
  return chosen;
}

function planLines({ probes, leftOut }: CollectionPlan): string[] {
  return [
    ...probes.map((probe) => `  ${probe.machine}# ${commandLine(probe)}${probe.twice ? '   (twice)' : ''}`),
    ...[...leftOutByReason(leftOut)].map(([why, names]) => `  not run: ${names.join(', ')}: ${why}`),
  ];
}

/** A line for each command that has ended: nothing moves, nothing is overwritten. */
function tellTo({ talk }: Seat): (event: CollectionEvent) => void {
  return (event) => {
    if (event.kind !== 'ended') return;
    const { step, outcome, milliseconds } = event;
    talk.tell(`${step.machine}# ${step.argv.join(' ')}: ${outcome}, ${(milliseconds / 1000).toFixed(1)} s`);
  };
}
