import type { Side } from '../model/capture.ts';
import type { Report } from '../model/report.ts';
import { addPaste, examine } from './examine.ts';
import type { Examining } from './hands.ts';

/** Takes a paste, and asks which machine it is of where nothing tells. */
export async function takePaste(hands: Examining, text: string): Promise<void> {
  await addPaste(hands, text);
  if (!hands.state().second) askSides(hands);
}

/** Of all that was pasted, also while another paste was read: once of each. */
export function askSides({ state, act }: Examining): void {
  const { report, captures, asked } = state();
  const open = captures.filter(
    ({ name, side, origin, text }) =>
      origin === 'pasted' &&
      side === 'unknown' &&
      !asked.includes(name) &&
      report &&
      isOpen(report, name, text),
  );
  for (const { name } of open) act({ do: 'askSide', name });
}

/** What a Linux prints may be of a guest or of a host; the outputs of another guest beside it tell, and some names do. */
function isOpen(report: Report, name: string, text: string): boolean {
  const samples = report.samples.filter((sample) => sample.name === name);
  const isLinux = samples.every(
    ({ kind, machine }) => machine === 'unknown' && kind.startsWith('linux/') && kind !== 'linux/dhcp-client',
  );
  const isBesideAnother = report.samples.some(
    ({ kind, machine }) => machine !== 'host' && /^(?:openbsd|freebsd|netbsd|dragonfly|windows)\//.test(kind),
  );
  return samples.length > 0 && isLinux && !isBesideAnother && !/\bvirtio_net\b/.test(text);
}

/** The person's answer is kept with the text. */
export async function placePaste(hands: Examining, name: string, side: Side): Promise<void> {
  const { captures, complaint } = hands.state();
  const placed = captures.map((capture) => (capture.name === name ? { ...capture, side } : capture));
  await examine(hands, placed, complaint, `${name} is of the ${side}.`);
}

/** The last paste is taken back; with it goes what it brought. */
export async function takeBack(hands: Examining): Promise<void> {
  const { captures, complaint } = hands.state();
  const last = captures.findLast(({ origin }) => origin === 'pasted');
  if (!last) return hands.act({ do: 'say', message: 'There is no paste to take back.' });
  const others = captures.filter((capture) => capture !== last);
  await examine(hands, others, complaint, `${last.name} is taken back.`);
}
