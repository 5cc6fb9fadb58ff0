import type { CollectionPlan, Extra, OpenCollection } from '../../model/collection.ts';
import { disturbancesOf, disturbingCommands } from '../screens/disturbances.ts';
import { tapChoices, tapNotes } from '../screens/tap-choice.ts';
import { vmChoices, vmNote } from '../screens/vm-choice.ts';
import type { Chosen } from '../state/collecting.ts';
import { runsVms } from '../state/stage.ts';
import { chooseAmong, isYes, type Seat } from './seat.ts';

type Adding = { readonly opened: OpenCollection; readonly plan: CollectionPlan; readonly choices: Chosen };

/** What adds to a collection: the letters of the app's keys. */
export const LETTERS: Readonly<Record<Extra, string>> = {
  listening: 't adds it',
  tap: 't names it',
  changes: 'd tells what it may do, and adds it',
  monitor: 'm names its socket',
  vm: 'v chooses it',
};

/** What comes of such a letter: other choices, or undefined where the person thinks better of it. */
export const ADDING: Readonly<Record<string, (seat: Seat, now: Adding) => Promise<Chosen | undefined>>> = {
  t: listen,
  d: disturb,
  m: nameMonitor,
  v: chooseVm,
};

/** Only where it does something. */
export function isOffered(letter: string, { leftOut }: CollectionPlan, choices: Chosen): boolean {
  const isChosen =
    (letter === 't' && choices.tcpdump) ||
    (letter === 'd' && choices.allowSystemChanges) ||
    (letter === 'm' && choices.monitor !== undefined);
  return isChosen || leftOut.some(({ addedBy }) => addedBy !== undefined && LETTERS[addedBy][0] === letter);
}

async function listen(seat: Seat, { opened, plan, choices }: Adding): Promise<Chosen | undefined> {
  if (choices.tcpdump) return { ...choices, tcpdump: false, tap: undefined };
  const taps = opened.taps();
  const isClear = taps.length === 1 && taps[0]?.nic !== undefined;
  if (isClear || opened.machines.every(({ machine }) => machine === 'guest'))
    return { ...choices, tcpdump: true };
  const answer = await chooseAmong(seat, `Listen on which tap? ${tapNotes({ taps }).join(' ')}`, (sought) =>
    tapChoices({ taps, sought, plan }),
  );
  return answer && { ...choices, tcpdump: true, tap: answer.tap };
}

async function disturb(seat: Seat, { plan, choices }: Adding): Promise<Chosen | undefined> {
  if (choices.allowSystemChanges) return { ...choices, allowSystemChanges: false };
  const groups = disturbancesOf({ plan });
  await seat.talk.say(
    'These are left out because they may disturb:',
    ...groups.flatMap((group) => [
      ...disturbingCommands(group).map((command) => `  ${command}`),
      `    what it may do: ${group.why}.`,
    ]),
  );
  return (await isYes(seat, 'Add them to the list? Nothing runs before your yes there.'))
    ? { ...choices, allowSystemChanges: true }
    : undefined;
}

async function nameMonitor({ talk }: Seat, { choices }: Adding): Promise<Chosen> {
  const given = (await talk.ask("The unix socket of QEMU's monitor on the host; empty: none:"))?.trim();
  return { ...choices, monitor: given || undefined };
}

async function chooseVm(seat: Seat, { opened }: Adding): Promise<Chosen | undefined> {
  return chosenVm(seat, opened);
}

/** Another VM has other taps, another monitor, and other things that may be disturbed. */
export async function chosenVm(seat: Seat, { machines }: OpenCollection): Promise<Chosen | undefined> {
  if (!machines.some(runsVms)) return {};
  const answer = await chooseAmong(seat, `Whose NIC misbehaves? ${vmNote({ machines })}`, (sought) =>
    vmChoices({ machines, sought }),
  );
  return answer && { vm: answer.vm };
}
