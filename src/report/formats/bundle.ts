import type { Outcome } from '../../model/bundle.ts';
import { bundleEnd, bundleHead, bundleSection } from '../../model/bundle-text.ts';
import type { Capture } from '../../model/capture.ts';
import type { Format } from '../format.ts';

/** The captures alone, as one file that the program reads again: with --redact, what can be given away. */
export const bundle: Format = {
  name: 'bundle',
  title: 'Bundle',
  describes: 'all captures in one file for `vio-doctor diagnose`; redacted, to give away',
  fileName: 'vio-doctor-bundle.txt',
  render: ({ captures, program, redacted }) =>
    [
      bundleHead({ madeBy: program, taken: newest(captures), isRedacted: redacted }),
      ...captures.map((capture, index) => bundleSection(toSection(capture), index + 1)),
      bundleEnd(captures.length),
    ].join(''),
};

function newest(captures: readonly Capture[]): string {
  const taken = captures.flatMap((capture) => capture.taken ?? []).sort();
  return taken.at(-1) ?? 'unknown';
}

/** A file has no command: its name tells as much. */
function toSection({ name, side, argv, taken, outcome, failure, text }: Capture) {
  const probe = argv === undefined ? name : (name.split(' ')[2] ?? name);
  return {
    machine: side,
    probe: probe.replace(/[^\w./-]/g, '_').slice(0, 80) || 'text',
    argv: argv ?? [],
    taken: taken ?? '',
    outcome: (outcome ?? (failure === undefined ? 'exit 0' : 'lost')) as Outcome,
    seconds: 0,
    text,
  };
}
