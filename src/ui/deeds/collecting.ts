import type { CollectionOf } from '../../model/collection.ts';
import type { Choices, Deeds, Hands } from '../hands.ts';
import { ask } from '../prompt.ts';
import { vmChoices } from '../screens/collect.ts';
import { isOverSsh } from '../state/collecting.ts';
import { keyOf, ticked, unfinished } from '../state/to-run.ts';

/** What is done to collect: from this machine, or over ssh. */
export const collectingDeeds = {
  lookHere: (hands) => goCollecting(hands, {}),
  lookAtVms: (hands) => goCollecting(hands, { as: 'host' }),
  lookOverSsh: ({ act }) => act({ do: 'prompt', prompt: { ...ask('sshGuest', GUEST), mayBeEmpty: true } }),
  yes: ({ state, act, collector }) => {
    const now = state();
    if (now.stage === 'ask-reach') void collector.reach(now.of);
    else if (now.stage !== 'ask-run') return;
    else if (ticked(now).probes.length > 0) void collector.run('all');
    else act({ do: 'say', message: 'No command is ticked.' });
  },
  tick: ({ state, act }) => {
    const { stage, plan, cursor } = state();
    const probe = plan?.probes[cursor.collect];
    if (stage === 'ask-run' && probe) act({ do: 'tick', key: keyOf(probe) });
  },
  tcpdump: ({ state, act, collector }) => {
    if (state().stage !== 'ask-run') return;
    act({ do: 'tcpdump' });
    void collector.plan();
  },
  stop: ({ collector }) => collector.stop(),
  again: ({ state, collector }) => {
    const now = state();
    if (now.stage === 'failed') void collector.reach(now.of);
    if (now.stage !== 'ended') return;
    const isOpen = now.collected?.isStopped && unfinished(now).probes.length > 0;
    void collector.run(isOpen ? 'rest' : 'all');
  },
  log: ({ act }) => act({ do: 'go', to: 'log' }),
} satisfies Deeds;

/** Enter on the screen of collecting. */
export const collectingChoices = {
  collect: (hands) => {
    const { stage, cursor } = hands.state();
    if (stage === 'ended') return 'findings';
    if (stage === 'ask-run') return 'tick';
    const choice = stage === 'ask-vm' ? vmChoices(hands.state())[cursor.collect] : undefined;
    if (choice) {
      hands.act({ do: 'chooseVm', vm: choice.vm });
      void hands.collector.plan();
    }
    return undefined;
  },
} satisfies Choices;

const GUEST = 'The guest, as ssh takes it (root@fw); empty: none:';

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
