import { MOST_VMS } from '../../model/collection.ts';
import type { State } from '../state.ts';
import { choiceScreen, hasWords } from './choice-list.ts';
import type { Screen, View } from './screen.ts';

export type VmChoice = { readonly vm: string | null | undefined; readonly says: string };

/** The VMs of the host: running ones first; then all that run, and none. Of what is sought, those that have it, and the name itself. */
export function vmChoices(state: Pick<State, 'machines' | 'sought'>): VmChoice[] {
  const { sought } = state;
  const vms = vmsOf(state);
  const running = vms.filter(({ isRunning }) => isRunning);
  const ordered = [...running, ...vms.filter(({ isRunning }) => !isRunning)];
  const listed = ordered
    .filter(({ id, name }) => hasWords(`${id} ${name}`, sought))
    .map(({ id, name, isRunning }) => ({
      vm: id,
      says: `${id}${name === id ? '' : `  ${name}`}${isRunning ? '' : '  (does not run)'}`,
    }));
  if (sought !== '') {
    const isListed = vms.some(({ id, name }) => id === sought || name === sought);
    const asTyped = { vm: sought, says: `${sought}  as it was typed; the host did not list it` };
    return [...listed, ...(isListed || !VM.test(sought) ? [] : [asTyped])];
  }
  const most = running.length > MOST_VMS ? `, the first ${MOST_VMS} of them` : '';
  return [
    ...listed,
    ...(running.length > 1
      ? [{ vm: undefined, says: `all ${running.length} that run${most}: many commands` }]
      : []),
    { vm: null, says: 'none of them: only what the host says of its own network' },
  ];
}

/** Nothing that could be taken for an option. */
const VM = /^[a-zA-Z\d_][\w.+@-]{0,62}$/;

export function vmNote(state: Pick<State, 'machines'>): string {
  const { length } = vmsOf(state);
  if (length === 0) return 'The host lists none, at least not to this user. / names one by its id.';
  return `${length === 1 ? 'One VM is' : `${length} VMs are`} listed, those that run first. / filters them, or names one by its id.`;
}

function vmsOf({ machines }: Pick<State, 'machines'>) {
  return machines.filter(({ machine }) => machine === 'host').flatMap(({ survey }) => survey.vms);
}

export function vmScreen(view: View): Screen {
  const { state } = view;
  return choiceScreen(view, {
    title: 'which VM?',
    asks: 'Whose NIC misbehaves?',
    notes: [vmNote(state)],
    answers: vmChoices(state),
  });
}
