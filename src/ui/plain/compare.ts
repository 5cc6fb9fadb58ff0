import { comparisonText } from '../../report/comparison-text.ts';
import { goOnWith } from '../deeds/compare.ts';
import { outputsOf } from '../screens/look-again.ts';
import { answer } from './plain-texts.ts';
import { type Choice, examined, type Seat } from './seat.ts';

/** After the fix: what is given from then on is held against what was given before. */
export function compareChoicesOf(seat: Seat): Choice[] {
  const { second, report } = seat.state();
  if (!report) return [];
  if (!second) return [{ says: 'Look again after the fix', act: () => lookAgain(seat) }];
  const { comparison, captures } = second;
  return [
    ...(comparison
      ? [
          { says: 'Read the comparison', act: () => seat.talk.say(comparisonText(comparison)) },
          {
            says: 'Go on with what was given now as the case',
            act: () => examined(seat, goOnWith(seat, captures)),
          },
        ]
      : []),
    { says: 'Drop what was given now, back to what was given before', act: () => drop(seat) },
  ];
}

async function lookAgain({ act, state, talk }: Seat): Promise<void> {
  const { report } = state();
  const lines = report?.findings.flatMap(({ because }) => because.map(({ line }) => line)) ?? [];
  act({ do: 'lookAgain' });
  await talk.say(
    'Carry out the plan, then run again what showed the fault, and paste it or open its files:',
    ...outputsOf(report, lines).map((says) => `  ${says}`),
    'It is held against what you gave before.',
  );
}

async function drop({ act, state, talk }: Seat): Promise<void> {
  act({ do: 'dropSecond' });
  const { report } = state();
  await talk.say(...(report ? answer(report) : []));
}
