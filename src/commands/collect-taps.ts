import { allThings } from '../case/look-up.ts';
import { InputError } from '../machine/input-error.ts';
import type { Case } from '../model/case.ts';
import type { PlannedProbe, TapChoice } from '../model/collection.ts';
import { sanitizeLine } from '../report/sanitize.ts';

/** The taps to choose from; where none was found, the interfaces of the host. */
export function tapChoices(kase: Case): readonly TapChoice[] {
  const taps = tapsOf(kase);
  return taps.length > 0 ? taps : interfacesOf(kase).map((tap) => ({ tap }));
}

/** The case with the tap that was named, where the looks did not show it: an interface of the host has any name. */
export function withTap(kase: Case, tap: string | undefined): Case {
  const taps = tapsOf(kase).map((choice) => choice.tap);
  if (tap === undefined || taps.includes(tap)) return kase;
  const interfaces = interfacesOf(kase);
  if (!INTERFACE.test(tap) || (interfaces.length > 0 && !interfaces.includes(tap))) {
    const there = taps.length > 0 ? taps : interfaces;
    throw new InputError(
      `${sanitizeLine(tap)}: is no tap of a VM; ${there.length > 0 ? `there are ${there.join(', ')}` : 'none was found'}.`,
    );
  }
  return { ...kase, nics: [...kase.nics, { name: tap, host: { tapName: tap }, joined: [] }] };
}

/** What listens, one command for each interface, the one that tells most: it hears both directions. */
export function onTaps(
  listening: readonly PlannedProbe[],
  kase: Case,
  tap: string | undefined,
): PlannedProbe[] {
  const taps = tapsOf(kase).map((choice) => choice.tap);
  const byInterface = new Map<string, PlannedProbe>();
  for (const probe of listening) {
    const name = interfaceOf(probe);
    const key = `${probe.machine} ${name}`;
    if (tap !== undefined && taps.includes(name) && name !== tap) continue;
    const other = byInterface.get(key);
    if (!other || (!other.argv.includes('-vv') && probe.argv.includes('-vv'))) byInterface.set(key, probe);
  }
  return [...byInterface.values()];
}

/** At most 15 letters on all systems (IFNAMSIZ); never an option. */
const INTERFACE = /^[a-z][\w.-]{0,14}$/;

function tapsOf({ nics }: Case): TapChoice[] {
  return nics.flatMap(({ name, host }) =>
    host?.tapName === undefined
      ? []
      : [{ tap: host.tapName, nic: name, ...(host.vm !== undefined && { vm: host.vm }) }],
  );
}

function interfacesOf(kase: Case): string[] {
  const names = allThings(kase, 'interface', 'host').map(({ id }) => id);
  return names.filter((name) => INTERFACE.test(name) && !/^lo\d*$/.test(name));
}

/** `-i vio0`, `-ni vtnet0` */
function interfaceOf({ argv }: PlannedProbe): string {
  return argv[argv.findIndex((word) => /^-[a-z]*i$/.test(word)) + 1] ?? '';
}
