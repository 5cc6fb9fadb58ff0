import { sanitize } from '../../report/sanitize.ts';
import type { Deeds, Hands } from '../hands.ts';
import { lineOf } from '../parts/columns.ts';
import { previewOf } from '../preview.ts';

/** The terminal is handed to another program, and taken back when that ends. */
export const handOverDeeds = {
  page: (hands) => {
    const { world, state, handOver } = hands;
    const { screen, offset } = state();
    tell(hands, () => handOver(() => world.page(textOf(hands), `${screen}.txt`, offset[screen])));
  },
  edit: (hands) => {
    const { world, state, handOver, act } = hands;
    const preview = previewOf({ state: state(), world });
    if (!preview) return act({ do: 'say', message: 'There is nothing to export yet.' });
    const { format, isRedacted, text } = preview;
    const edit = async () => {
      const edited = await world.edit(text, format.fileName);
      act({ do: 'edited', of: { format: format.name, isRedacted, text: edited } });
    };
    tell(hands, () => handOver(edit));
  },
} satisfies Deeds;

/** All rows of the screen, as they stand there; of an export only what would be written. */
function textOf({ look, state }: Hands): string {
  const { rows } = look(state());
  const isExport = state().screen === 'export';
  const lines = rows
    .slice(0, rows.length)
    .map((one) => lineOf(isExport ? { ...one, beside: undefined } : one));
  return `${sanitize(lines.join('\n'))}\n`;
}

function tell({ act }: Hands, deed: () => Promise<void>): void {
  act({ do: 'say', message: '' });
  deed().catch((error: Error) => act({ do: 'say', message: error.message }));
}
