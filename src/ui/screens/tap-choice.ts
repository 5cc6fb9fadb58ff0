import { tapLine } from '../../model/collection.ts';
import { PACE } from '../pace.ts';
import type { State } from '../state.ts';
import { choiceScreen, hasWords } from './choice-list.ts';
import type { Screen, View } from './screen.ts';

/** No tap: all of them, or where none was found, what else can be listened to. */
export type TapAnswer = { readonly tap: string | undefined; readonly says: string };

/** The taps that were found; else the interfaces of the host. Of what is sought, those that have it, and the name itself. */
export function tapChoices({ taps, sought, plan }: Pick<State, 'taps' | 'sought' | 'plan'>): TapAnswer[] {
  const listed = taps
    .filter((tap) => hasWords(tapLine(tap), sought))
    .map((tap) => ({ tap: tap.tap, says: tapLine(tap) }));
  if (sought !== '') {
    const isListed = taps.some(({ tap }) => tap === sought);
    return [
      ...listed,
      ...(isListed || !INTERFACE.test(sought) ? [] : [{ tap: sought, says: `${sought}  as it was typed` }]),
    ];
  }
  if (isFound(taps)) return [{ tap: undefined, says: `all ${taps.length} of them` }, ...listed];
  const others = plan?.leftOut.filter(({ addedBy }) => addedBy === 'listening') ?? [];
  return others.length === 0
    ? listed
    : [
        ...listed,
        { tap: undefined, says: `none of them: only ${others.map(({ probe }) => probe).join(', ')}` },
      ];
}

/** At most 15 letters on all systems (IFNAMSIZ); never an option. */
const INTERFACE = /^[a-z][\w.-]{0,14}$/;

export function tapNotes({ taps }: Pick<State, 'taps'>): string[] {
  const bounds = `tcpdump only reads, for ${PACE.seconds} s and ${PACE.packets} packets at most.`;
  if (isFound(taps)) return [`${bounds} / filters, or names another interface.`];
  const there = taps.length > 0 ? 'These are the interfaces of the host. ' : '';
  return [`No tap of the VM was found. ${there}/ names one. ${bounds}`];
}

function isFound(taps: State['taps']): boolean {
  return taps.some(({ nic }) => nic !== undefined);
}

export function tapScreen(view: View): Screen {
  const { state } = view;
  return choiceScreen(view, {
    title: 'which tap?',
    asks: 'Listen on which tap?',
    notes: tapNotes(state),
    answers: tapChoices(state),
  });
}
