import type { Outcome } from '../../model/bundle.ts';
import { bundleEnd, bundleHead, bundleSection } from '../../model/bundle-text.ts';
import type { Capture } from '../../model/capture.ts';
import type { Report } from '../../model/report.ts';
import type { Format } from '../format.ts';

/** The captures alone, as one file that the program reads again: with --redact, what can be given away. */
export const bundle: Format = {
  name: 'bundle',
  title: 'Bundle',
  describes: 'all captures in one file for `vio-doctor diagnose`; redacted, to give away',
  fileName: 'vio-doctor-bundle.txt',
  render: (report) => {
    const { captures, program, redacted } = report;
    const about = { madeBy: program, taken: newest(captures), isRedacted: redacted, notes: notesOn(report) };
    return [
      bundleHead(about),
      ...captures.map((capture, index) => bundleSection(toSection(capture), index + 1)),
      bundleEnd(captures.length),
    ].join('');
  },
};

/** What is otherwise here than it was given. */
function notesOn({ problems, samples, redacted }: Report): string[] {
  const redaction = problems.filter(({ says }) => redacted && says.startsWith('Redacted: '));
  const hasPackets = samples.some(({ kind }) => kind === 'tcpdump/pcap');
  return [
    ...redaction.map(({ says }) => says),
    ...(hasPackets ? ['packet captures are here as the text of their frames, without their bytes'] : []),
  ];
}

function newest(captures: readonly Capture[]): string {
  const taken = captures.flatMap((capture) => capture.taken ?? []).sort();
  return taken.at(-1) ?? 'unknown';
}

/** A file has no command: its name tells as much. */
function toSection({ name, side, argv, taken, outcome, failure, text }: Capture) {
  return {
    machine: side,
    probe:
      probeOf(name, argv)
        .replace(/[^\w./-]/g, '_')
        .slice(0, 80) || 'text',
    argv: argv ?? [],
    taken: taken ?? '',
    outcome: (outcome ?? (failure === undefined ? 'exit 0' : 'unreadable')) as Outcome,
    seconds: 0,
    text,
  };
}

/** As the bundle it came from has it (`fw.txt guest openbsd/ifconfig (2)`), else its command. */
function probeOf(name: string, argv: readonly string[] | undefined): string {
  const probe = / (?:guest|host|peer|unknown) ([\w./-]{1,80})(?: \(\d{1,4}\))?$/.exec(name)?.[1];
  return probe ?? argv?.join(' ') ?? name;
}
