import { facts } from '../case/facts.ts';
import { join } from '../case/join.ts';
import { allThings } from '../case/look-up.ts';
import { planCollection } from '../diagnose/plan-collection.ts';
import { InputError } from '../machine/input-error.ts';
import type { Section } from '../model/bundle.ts';
import type { Capture } from '../model/capture.ts';
import type { Case } from '../model/case.ts';
import type { CollectionChoices, CollectionPlan, PlannedProbe } from '../model/collection.ts';
import { valueIn } from '../model/known.ts';
import type { Knowledge } from '../model/rule.ts';
import { readCapture } from '../parse/read-capture.ts';
import type { Ends } from './collect-ends.ts';
import { onTaps, withTap } from './collect-taps.ts';
import { vmsLeftOut } from './first-looks.ts';

/** All commands for all machines, filled with the NICs and taps that the first looks showed. */
export function planEnds(ends: Ends, knowledge: Knowledge, choices: CollectionChoices): CollectionPlan {
  const kase = withTap(caseOf(ends, choices.vm), choices.tap);
  const plans = ends.map(({ machine, survey, vms }) =>
    planCollection(knowledge.rulebook.probes, facts, {
      machine,
      survey,
      kase,
      vms: vms.map(({ id }) => id),
      monitor: choices.monitor,
      allowsChanges: choices.allowSystemChanges ?? false,
    }),
  );
  const probes = plans.flatMap((plan) => plan.probes);
  const listening = probes.filter(({ listens }) => listens);
  const heard = onTaps(listening, kase, choices.tap).map((probe) => bounded(probe, choices));
  return {
    probes: [
      ...probes.filter(({ listens }) => !listens),
      ...(choices.tcpdump ? heard : []),
      ...(choices.ping ? pings(ends, kase, choices.ping) : []),
    ],
    leftOut: [
      ...plans.flatMap((plan) => plan.leftOut),
      ...(choices.tcpdump
        ? []
        : listening.map(({ probe, machine }) => ({
            probe,
            machine,
            why: `it listens to packets, for ${choices.seconds} s`,
            addedBy: 'listening' as const,
            would: heard.filter((one) => one.probe === probe && one.machine === machine),
          }))),
      ...(choices.vm === undefined
        ? ends.flatMap((end) => (end.machine === 'host' ? vmsLeftOut(end.survey) : []))
        : []),
    ],
  };
}

/** What the looks at all machines tell; of the host's VMs only those that it is about. */
export function caseOf(ends: Ends, vm: CollectionChoices['vm']): Case {
  const samples = ends
    .flatMap(({ survey }) => survey.sections)
    .flatMap((section) => readCapture(toCapture(section)).samples);
  const kase = join(
    samples.map((sample) => ({ ...sample, isPlaced: sample.capture.side !== 'unknown' })),
    [],
  );
  const vms = ends.flatMap((end) => end.vms.flatMap(({ id, name }) => [id, name]));
  if (vms.length === 0 && vm !== null) return kase;
  const nics = kase.nics.filter(
    ({ host, guest }) => guest !== undefined || host?.vm === undefined || vms.includes(host.vm),
  );
  return { ...kase, nics };
}

export function toCapture({ machine, probe, argv, taken, text }: Section): Capture {
  return { name: `${machine} ${probe}`, side: machine, origin: 'ran', argv, taken, text };
}

/** The person's bounds instead of the probe's; pcap instead of text where that was asked for. */
function bounded(probe: PlannedProbe, { seconds, packets, pcap }: CollectionChoices): PlannedProbe {
  const count = probe.argv.indexOf('-c') + 1;
  const argv = probe.argv.map((word, index) => (count > 0 && index === count ? String(packets) : word));
  return {
    ...probe,
    argv: pcap ? asPcap(argv, probe.probe) : argv,
    seconds,
    kilobytes: Math.max(probe.kilobytes, packets * 4),
  };
}

/** OpenBSD's tcpdump has no -U; it never holds back what it writes (usr.sbin/tcpdump/tcpdump.c). */
function asPcap(argv: readonly string[], probe: string): string[] {
  const words = argv.flatMap((word) => (/^-(?:e|l|t{1,3}|v{1,3})$/.test(word) ? [] : [word]));
  const [file = '', ...rest] = words;
  return [file, ...(probe.startsWith('openbsd') ? [] : ['-U']), '-w', '-', ...rest];
}

/** One event that both ends can be watched around: some pings from the host to the guest's own address. */
function pings(ends: Ends, kase: Case, to: true | string): PlannedProbe[] {
  const host = ends.find(({ machine }) => machine === 'host');
  const shown = allThings(kase, 'address', 'guest')
    .map(({ says }) => valueIn(says.address) ?? '')
    .find((address) => /^(?!127\.)\d{1,3}(?:\.\d{1,3}){3}$/.test(address));
  const target = to === true ? shown : to;
  if (!host) throw new InputError('--ping: the host pings the guest, and no host is collected from.');
  if (target === undefined)
    throw new InputError("--ping: the guest's address was not found; name it: --ping ADDRESS.");
  return [
    {
      machine: 'host',
      probe: 'any/ping',
      argv: ['ping', '-n', '-c', '5', target],
      tells: 'whether the guest answers its host, while both ends are watched',
      needsRoot: false,
      twice: false,
      seconds: 15,
      kilobytes: 64,
      listens: true,
      alone: false,
    },
  ];
}
