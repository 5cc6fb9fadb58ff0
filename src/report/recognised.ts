import type { MachineSummary, Report, SampleSummary } from '../model/report.ts';

/**
 * What a text was taken for, in one line: `OpenBSD 7.8 dmesg, 2 boots, 3 NICs; 14 lines not understood`. Of all samples of
 * one capture; outputs of one kind are counted together.
 */
export function recognised(report: Report, name: string): string {
  const samples = report.samples.filter(
    (sample) => sample.name === name || sample.name.startsWith(`${name} `),
  );
  const names = new Set(samples.map((sample) => sample.name)).add(name);
  const strange =
    report.loose.filter(({ sample }) => names.has(sample)).length +
    samples.reduce((sum, { notUnderstood }) => sum + notUnderstood, 0);
  const kinds = kindsIn(report, samples);
  const shown = kinds
    .slice(0, MOST_KINDS)
    .map(({ says, count }) => (count > 1 ? `${count} \u00d7 ${says}` : says));
  const others = kinds.length - MOST_KINDS;
  const more = others > 0 ? [`${others} more kind${others === 1 ? '' : 's'} of output`] : [];
  const known = [...shown, ...more, ...bootsIn(report, samples), ...nicsIn(report, samples)].join(', ');
  const rest = strange > 0 ? `; ${strange} line${strange === 1 ? '' : 's'} not understood` : '';
  return `${known || 'no output that is known here'}${rest}`;
}

const MOST_KINDS = 3;

function kindsIn(report: Report, samples: readonly SampleSummary[]): { says: string; count: number }[] {
  const kinds = new Map<string, number>();
  for (const sample of samples) {
    const says = titleOf(report, sample);
    kinds.set(says, (kinds.get(says) ?? 0) + 1);
  }
  return [...kinds].map(([says, count]) => ({ says, count }));
}

/** `OpenBSD dmesg` of a machine whose release is known is an `OpenBSD 7.8 dmesg`. */
function titleOf({ guest, host }: Report, { kind, title, machine }: SampleSummary): string {
  const of: MachineSummary = machine === 'host' ? host : guest;
  const [system = '', ...rest] = title.split(' ');
  const isItsOwn = of.os !== null && kind.startsWith(`${of.os}/`) && system.toLowerCase() === of.os;
  // A release that only follows from the driver is told in words ("7.7 or later").
  return isItsOwn && /^\S+$/.test(of.release ?? ' ') ? [system, of.release, ...rest].join(' ') : title;
}

/** The first line of a kernel's messages, by system (Linux with its time in front). */
const BOOT =
  /^(?:\[ {0,8}0\.0{6}\] )?(?:OpenBSD|FreeBSD|NetBSD|DragonFly) \d{1,2}\.\d{1,2}\S{0,20} (?:\(|#|\S{1,40} #)|^\[ {0,8}0\.0{6}\] Linux version /;

/** A dmesg may hold several boots: what it says of one need not hold for the next. */
function bootsIn({ captures }: Report, samples: readonly SampleSummary[]): string[] {
  const boots = samples
    .filter(({ kind }) => kind.endsWith('/dmesg'))
    .flatMap(({ name, from, to }) => {
      const text = captures.find((capture) => capture.name === name)?.text ?? '';
      return text.split('\n').slice(from - 1, to);
    })
    .filter((line) => BOOT.test(line)).length;
  return boots > 1 ? [`${boots} boots`] : [];
}

function nicsIn({ nics }: Report, samples: readonly SampleSummary[]): string[] {
  if (samples.length === 0 || nics.length === 0) return [];
  return [`${nics.length} NIC${nics.length === 1 ? '' : 's'}`];
}
