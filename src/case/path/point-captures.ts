import type { Case, Thing } from '../../model/case.ts';
import { valueIn } from '../../model/known.ts';

/** A packet capture at one interface of one machine. */
export type PointCapture = {
  readonly capture: Thing<'packetCapture'> | undefined;
  readonly flows: readonly Thing<'traffic'>[];
};

type Draft = { capture: Thing<'packetCapture'> | undefined; flows: Thing<'traffic'>[] };

const made = new WeakMap<Case['things'], ReadonlyMap<string, PointCapture>>();

/** By `side|interface`. Made once for a case. */
export function pointCaptures({ things }: Pick<Case, 'things'>): ReadonlyMap<string, PointCapture> {
  const known = made.get(things);
  if (known) return known;
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
  made.set(things, captures);
  return captures;
}
