import type { Case, Thing } from '../../model/case.ts';
import { valueIn } from '../../model/known.ts';
import { oncePerCase } from '../once-per-case.ts';

/** A packet capture at one interface of one machine. */
export type PointCapture = {
  readonly capture: Thing<'packetCapture'> | undefined;
  readonly flows: readonly Thing<'traffic'>[];
};

type Draft = { capture: Thing<'packetCapture'> | undefined; flows: Thing<'traffic'>[] };

/** By `side|interface`. */
export const pointCaptures = oncePerCase(
  ({ things }: Pick<Case, 'things'>): ReadonlyMap<string, PointCapture> => {
    const captures = new Map<string, Draft>();
    const at = (key: string): Draft => {
      const draft = captures.get(key) ?? { capture: undefined, flows: [] };
      captures.set(key, draft);
      return draft;
    };
    for (const thing of things.values()) {
      if (thing.is === 'packetCapture')
        at(`${thing.side}|${thing.id}`).capture = thing as Thing<'packetCapture'>;
      if (thing.is !== 'traffic') continue;
      const flow = thing as Thing<'traffic'>;
      at(`${thing.side}|${valueIn(flow.says.interface) ?? ''}`).flows.push(flow);
    }
    return captures;
  },
);
