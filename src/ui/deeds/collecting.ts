import type { CollectionOf, Extra } from '../../model/collection.ts';
import type { Choices, Deeds, Hands } from '../hands.ts';
import type { Deed } from '../keys.ts';
import { ask, type Prompt } from '../prompt.ts';
import { commandLines } from '../screens/command-list.ts';
import { tapChoices } from '../screens/tap-choice.ts';
import { vmChoices } from '../screens/vm-choice.ts';
import type { Chosen } from '../state/collecting.ts';
import { keyOf } from '../state/key-of.ts';
import { isOverSsh, questionBefore } from '../state/stage.ts';
import { hasRest, ticked } from '../state/to-run.ts';
import type { State } from '../state.ts';

/** What is done to collect: from this machine, or over ssh. */
export const collectingDeeds = {
  lookHere: (hands) => goCollecting(hands, {}),
  lookAtVms: (hands) => goCollecting(hands, { as: 'host' }),
  lookOverSsh: ({ act }) => act({ do: 'prompt', prompt: { ...ask('sshGuest', GUEST), mayBeEmpty: true } }),
  yes: (hands) => {
    const { state, act, collector } = hands;
    const now = state();
    if (now.stage === 'ask-reach') void collector.reach(now.of);
    else if (now.stage === 'ask-changes') decide(hands, { ...now.choices, allowSystemChanges: true });
    else if (now.stage !== 'ask-run') return;
    else if (ticked(now).probes.length > 0) void collector.run('all');
    else act({ do: 'say', message: 'No command is ticked.' });
  },
  tick: (hands) => {
    const now = hands.state();
    const line = now.stage === 'ask-run' ? commandLines(now)[now.cursor.collect] : undefined;
    if (line?.probe) hands.act({ do: 'tick', key: keyOf(line.probe) });
    else if (line?.leftOut?.addedBy) hands.perform(ADDING[line.leftOut.addedBy]);
  },
  tcpdump: (hands) => {
    const { stage, choices, machines, taps } = hands.state();
    if (stage !== 'ask-run') return;
    if (choices.tcpdump) decide(hands, { ...choices, tcpdump: false, tap: undefined });
    else if (
      (taps.length === 1 && taps[0]?.nic !== undefined) ||
      machines.every(({ machine }) => machine === 'guest')
    )
      decide(hands, { ...choices, tcpdump: true });
    else hands.act({ do: 'stage', stage: 'ask-tap' });
  },
  disturbing: (hands) => {
    const now = hands.state();
    if (now.stage !== 'ask-run') return;
    if (now.choices.allowSystemChanges) decide(hands, { ...now.choices, allowSystemChanges: false });
    else if (canAdd(now, 'changes')) hands.act({ do: 'stage', stage: 'ask-changes' });
    else hands.act({ do: 'say', message: 'Nothing is left out for what it may disturb.' });
  },
  monitor: ({ state, act }) => {
    const now = state();
    if (now.stage !== 'ask-run') return;
    const { monitor } = now.choices;
    if (monitor === undefined && !canAdd(now, 'monitor'))
      return act({ do: 'say', message: 'There is no monitor to name here.' });
    act({ do: 'prompt', prompt: { ...ask('monitor', MONITOR, monitor), mayBeEmpty: true } });
  },
  seek: ({ state, act }) => {
    const { stage, sought } = state();
    const label = stage === 'ask-vm' ? VM : stage === 'ask-tap' ? TAP : undefined;
    if (label) act({ do: 'prompt', prompt: ask('seek', label, sought) });
  },
  stop: ({ state, collector }) => {
    const { stage } = state();
    if (stage === 'running' || stage === 'reaching') collector.stop();
  },
  again: ({ state, collector }) => {
    const now = state();
    if (now.stage === 'failed') void collector.reach(now.of);
    if (now.stage !== 'ended') return;
    void collector.run(hasRest(now) ? 'rest' : 'all');
  },
  log: ({ act }) => act({ do: 'go', to: 'log' }),
} satisfies Deeds;

/** Enter on the screen of collecting. */
export const collectingChoices = {
  collect: (hands) => {
    const now = hands.state();
    const at = now.cursor.collect;
    if (now.stage === 'ended') return 'findings';
    if (now.stage === 'ask-run') return 'tick';
    const vm = now.stage === 'ask-vm' ? vmChoices(now)[at] : undefined;
    const tap = now.stage === 'ask-tap' ? tapChoices(now)[at] : undefined;
    // Another VM has other taps, another monitor, and other things that may be disturbed.
    if (vm) decide(hands, { vm: vm.vm });
    if (tap) decide(hands, { ...now.choices, tcpdump: true, tap: tap.tap });
    return undefined;
  },
} satisfies Choices;

const MONITOR = "The unix socket of QEMU's monitor on the host; empty: none:";
const VM = 'Only VMs with these words, or the id of one:';
const TAP = 'Only taps with these words, or the name of one:';
const GUEST = 'The guest, as ssh takes it (root@fw); empty: none:';

/** What adds what is left out. */
const ADDING: Readonly<Record<Extra, Deed>> = {
  listening: 'tcpdump',
  tap: 'tcpdump',
  changes: 'disturbing',
  monitor: 'monitor',
  vm: 'back',
};

function canAdd({ plan }: State, extra: Extra): boolean {
  return plan?.leftOut.some(({ addedBy }) => addedBy === extra) ?? false;
}

/** Fills the commands anew; each is shown before it runs. */
function decide({ act, collector }: Hands, choices: Chosen): void {
  act({ do: 'decide', choices });
  void collector.plan();
}

/** The list follows each letter; Esc shows all of it again. */
export function seek({ state, act }: Hands, prompt: Prompt, key: string): void {
  const isOver = key === 'esc' || key === 'enter';
  act(isOver ? { do: 'prompt', prompt: null } : { do: 'type', key });
  const { stage, prompt: typed } = state();
  const text = key === 'esc' ? '' : (typed ?? prompt).text;
  if (stage === 'ask-vm' || stage === 'ask-tap') act({ do: 'seek', text: text.trim() });
}

/** The question may be one of a session that was left: its machines are gone. */
export async function nameMonitor(hands: Hands, { text }: Prompt): Promise<void> {
  hands.act({ do: 'prompt', prompt: null });
  if (hands.state().stage !== 'ask-run') return;
  const monitor = text.trim() || undefined;
  decide(hands, { ...hands.state().choices, monitor });
}

/**
 * Esc, on the way to a collection: one question back; while commands run or machines are reached, it stops that. Who
 * leaves the first question leaves the other machines too: no connection waits for somebody who has gone.
 */
export function leaveQuestion({ act, state, collector }: Hands): boolean {
  const now = state();
  const before = questionBefore(now.stage, now.machines);
  if (now.sought !== '') act({ do: 'seek', text: '' });
  else if (before) act({ do: 'stage', stage: before });
  else if (now.stage === 'running' || (now.stage === 'reaching' && isOverSsh(now.of))) collector.stop();
  else {
    collector.stop();
    return false;
  }
  return true;
}

/** The machine that was looked at already is not looked at again; what runs goes on. */
function goCollecting(hands: Hands, of: CollectionOf): void {
  const { act, state, collector } = hands;
  const { stage, of: before, complaint } = state();
  const isRunning = stage === 'running' || stage === 'stopping';
  const isSame = !isOverSsh(before) && before.as === of.as;
  act({ do: 'go', to: 'collect' });
  if (complaint === null && !isRunning) act({ do: 'go', to: 'complaint' });
  if (isRunning || (isSame && (stage === 'ask-run' || stage === 'ask-vm' || stage === 'reaching'))) return;
  if (isSame && stage === 'planning') void collector.plan();
  else void collector.reach(of);
}

/** The machines that were typed: shown, and reached only after a yes. */
export function aimOverSsh({ act, state }: Hands, of: CollectionOf): void {
  if (!isOverSsh(of)) return act({ do: 'say', message: 'Neither a guest nor a host was named.' });
  act({ do: 'aim', of });
  act({ do: 'go', to: 'collect' });
  if (state().complaint === null) act({ do: 'go', to: 'complaint' });
}
