import { facts } from '../case/facts.ts';
import { join } from '../case/join.ts';
import { allThings } from '../case/look-up.ts';
import { planCollection } from '../diagnose/plan-collection.ts';
import type { Section } from '../model/bundle.ts';
import type { Capture } from '../model/capture.ts';
import type { Case } from '../model/case.ts';
import type { CollectionChoices, CollectionPlan, PlannedProbe, TapChoice } from '../model/collection.ts';
import { valueIn } from '../model/known.ts';
import type { Knowledge } from '../model/rule.ts';
import { readCapture } from '../parse/read-capture.ts';
import type { Ends } from './collect-ends.ts';

/** All commands for all machines, filled with the NICs and taps that the first looks showed. */
export function planEnds(ends: Ends, knowledge: Knowledge, options: CollectionChoices): CollectionPlan {
  const kase = caseOf(ends, options.vm);
  const plans = ends.map(({ machine, survey }) =>
    planCollection(knowledge.rulebook.probes, facts, {
      machine,
      survey,
      kase,
      ...(options.vm !== undefined && { vm: options.vm }),
      allowsChanges: options.allowSystemChanges ?? false,
    }),
  );
  const probes = plans.flatMap((plan) => plan.probes);
  const leftOut = plans.flatMap((plan) => plan.leftOut);
  const listening = probes.filter(({ listens }) => listens);
  return {
    probes: [
      ...probes.filter(({ listens }) => !listens),
      ...(options.tcpdump ? listening.map((probe) => bounded(probe, options)) : []),
      ...(options.ping ? pings(ends, kase) : []),
    ],
    leftOut: [
      ...leftOut,
      ...(options.tcpdump
        ? []
        : listening.map(({ probe, machine }) => ({
            probe,
            machine,
            why: 'it listens to packets for some seconds; --tcpdump runs it',
          }))),
    ],
  };
}

/** What the looks at all machines tell, of one VM only where one was named. */
export function caseOf(ends: Ends, vm: string | undefined): Case {
  const samples = ends
    .flatMap(({ survey }) => survey.sections)
    .flatMap((section) => readCapture(toCapture(section)).samples);
  const kase = join(
    samples.map((sample) => ({ ...sample, isPlaced: sample.capture.side !== 'unknown' })),
    [],
  );
  if (vm === undefined) return kase;
  const ofVm = kase.nics.filter((nic) => nic.host?.vm === vm || nic.guest !== undefined);
  return ofVm.length > 0 ? { ...kase, nics: ofVm } : kase;
}

export function toCapture({ machine, probe, argv, taken, text }: Section): Capture {
  return { name: `${machine} ${probe}`, side: machine, origin: 'ran', argv, taken, text };
}

export function tapsOf({ nics }: Case): TapChoice[] {
  return nics.flatMap(({ name, host }) =>
    host?.tapName === undefined
      ? []
      : [{ tap: host.tapName, nic: name, ...(host.vm !== undefined && { vm: host.vm }) }],
  );
}

/** The person's bounds instead of the probe's; pcap instead of text where that was asked for. */
function bounded(probe: PlannedProbe, { seconds, packets, pcap }: CollectionChoices): PlannedProbe {
  const count = probe.argv.indexOf('-c') + 1;
  const argv = probe.argv.map((word, index) => (count > 0 && index === count ? String(packets) : word));
  const words = pcap ? [...argv.filter((word) => !/^-(?:e|n|l|v{1,3})$/.test(word)), '-w', '-'] : argv;
  return { ...probe, argv: words, seconds, kilobytes: Math.max(probe.kilobytes, packets * 4) };
}

/** One event that both ends can be watched around: some pings from the host to the guest's own address. */
function pings(ends: Ends, kase: Case): PlannedProbe[] {
  const host = ends.find(({ machine }) => machine === 'host');
  const target = allThings(kase, 'address', 'guest')
    .map(({ says }) => valueIn(says.address) ?? '')
    .find((address) => /^(?!127\.)\d{1,3}(?:\.\d{1,3}){3}$/.test(address));
  if (!host || target === undefined) return [];
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
