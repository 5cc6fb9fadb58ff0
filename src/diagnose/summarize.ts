import { findThing } from '../case/look-up.ts';
import type { Capture } from '../model/capture.ts';
import type { Case, Fact, Nic } from '../model/case.ts';
import { valueIn } from '../model/known.ts';
import type { Problem, ProblemCode } from '../model/problem.ts';
import type { Ask, MachineSummary, Report, SampleSummary } from '../model/report.ts';
import type { Knowledge } from '../model/rule.ts';
import type { ReadCapture, ReadSample } from '../model/sample.ts';
import type { Complaint } from '../model/sighting.ts';
import { whatToAsk, whereToCapture } from './ask.ts';
import { withCompareStep } from './compare-step.ts';
import { evaluate } from './condition.ts';
import { type Diagnosis, UNSEEN } from './diagnose.ts';
import { summarizeNic } from './nic-summary.ts';

export type Examined = {
  readonly captures: readonly Capture[];
  readonly readings: readonly ReadCapture[];
  readonly complaint: Complaint | null;
  readonly kase: Case;
  readonly diagnosis: Diagnosis;
  readonly knowledge: Knowledge;
  readonly facts: ReadonlyMap<string, Fact>;
};

/** Gathers all that was found into the one object that screens and formats read. */
export function summarize(examined: Examined, inputs: readonly string[]): Report {
  const { captures, readings, complaint, kase, diagnosis, knowledge } = examined;
  const health = kase.nics
    .filter((nic) => nic.guest)
    .map((nic) => ({ nic, answer: healthOf(examined, nic) }));
  const verdict = verdictOf(
    examined,
    health.length > 0 && health.every(({ answer }) => answer.value === 'yes'),
  );
  const openHealth =
    verdict === 'unclear'
      ? health.flatMap(({ nic, answer }) =>
          whatToAsk(answer.open, { nic, kase, facts: examined.facts }, knowledge.rulebook),
        )
      : [];
  const points = verdict === 'unclear' ? pointsToCapture(examined) : [];
  return {
    version: 1,
    program: PROGRAM,
    verdict,
    complaint,
    guest: machine(kase, 'guest'),
    host: machine(kase, 'host'),
    captures,
    samples: readings.flatMap(({ samples }) => samples.map(summarizeSample)),
    nics: kase.nics.map((nic) => summarizeNic(nic, kase)),
    findings: withCompareStep(diagnosis.findings, inputs),
    ruledOut: diagnosis.ruledOut,
    ask: firstAsks([...points, ...diagnosis.findings.flatMap(({ ask }) => ask), ...openHealth], examined),
    problems: [
      ...knowledge.problems,
      ...readings.flatMap(({ problems, samples }) => [
        ...problems,
        ...samples.flatMap((sample) => sample.problems),
      ]),
      ...kase.problems,
      ...withoutNic(examined),
    ],
    loose: readings.flatMap(({ loose }) => loose.flatMap(({ at }) => at)),
    strange: readings.flatMap(({ samples }) =>
      samples.flatMap(({ notUnderstood }) => notUnderstood.flatMap(({ at }) => at)),
    ),
    redacted: false,
  };
}

const MOST_POINTS = 2;

function pointsToCapture({ kase, knowledge, facts }: Examined): Ask[] {
  const asks = kase.nics.flatMap((nic) => whereToCapture({ nic, kase, facts }, knowledge.rulebook) ?? []);
  return asks.slice(0, MOST_POINTS);
}

declare const VERSION: string | undefined;
const PROGRAM = `vio-doctor ${typeof VERSION === 'undefined' ? 'dev' : VERSION}`;

function healthOf({ kase, knowledge, facts }: Examined, nic: Case['nics'][number]) {
  const asked = { nic, kase, facts };
  const against = evaluate(knowledge.rulebook.unhealthy, asked);
  const answer = evaluate(knowledge.rulebook.healthy, asked);
  return against.value === 'yes' ? { ...answer, value: 'unknown' as const } : answer;
}

const UNSETTLED = new Set<ProblemCode>(['samples-disagree', 'several-machines']);

/** A run that could not tell is never green: not one whose captures contradict each other either. */
function verdictOf({ diagnosis, complaint, kase }: Examined, isHealthy: boolean): Report['verdict'] {
  const faults = diagnosis.findings.filter(({ severity }) => severity === 'fault');
  if (faults.some(({ standing }) => standing === 'certain' || standing === 'likely')) return 'fault';
  const isContent = complaint === null || complaint === 'none';
  const isAtOne = !kase.problems.some(({ code }) => UNSETTLED.has(code));
  return faults.length === 0 && isContent && isHealthy && isAtOne ? 'healthy' : 'unclear';
}

const MOST_ASKS = 8;

/** Each command once, and none that was asked in vain. Where nothing of a guest was seen: what a first look needs. */
function firstAsks(asks: readonly Ask[], { kase, knowledge, facts, captures }: Examined): Ask[] {
  const isFirst = asks.length === 0 && kase.nics.every(({ guest }) => !guest);
  const wanted = isFirst
    ? whatToAsk(FIRST_LOOK, { nic: UNSEEN, kase, facts }, knowledge.rulebook)
    : [...new Map(asks.map((ask) => [`${ask.on} ${ask.command}`, ask])).values()].slice(0, MOST_ASKS);
  const silent = askedInVain(captures);
  return wanted.filter(({ argv }) => !silent.has(argv.join(' ')));
}

const FIRST_LOOK = ['nic.up', 'device.interrupts', 'host.link-set'];

/** Commands of a collection that are not there, or had nothing to say: to ask for them again tells nothing new. */
function askedInVain(captures: readonly Capture[]): ReadonlySet<string> {
  const silent = captures.filter(({ outcome, text }) => outcome !== undefined && text.trim() === '');
  return new Set(silent.flatMap(({ argv }) => (argv ? [argv.join(' ')] : [])));
}

/** Outputs were read, and none of them shows a NIC that a hypervisor gave: said, not guessed around. */
function withoutNic({ kase, readings, diagnosis }: Examined): Problem[] {
  const isAnswered = kase.nics.length === 0 && diagnosis.findings.length > 0;
  if (isAnswered || !kase.nics.every(isNameless) || !readings.some(({ samples }) => samples.length > 0))
    return [];
  const says =
    kase.nics.length > 0
      ? 'No output names the NIC that this is about: a listing of the interfaces (ip addr, ifconfig -a) would.'
      : [...kase.things.values()].some(({ is, side }) => is === 'pci' && side === 'guest')
        ? 'A network card is on the bus of the guest, but no output shows an interface of it.'
        : 'What was given shows no virtio NIC and no NIC that a hypervisor emulates: nothing can be said of one.';
  return [{ code: 'note', says, at: [] }];
}

/** Seen by its traffic or by a log alone. */
function isNameless(nic: Nic): boolean {
  return !nic.guest && !nic.host && !nic.virtio && !nic.file;
}

function summarizeSample(sample: ReadSample): SampleSummary {
  const numbers = sample.rows.flatMap(({ at }) => at.map(({ number }) => number));
  const strange = sample.notUnderstood.flatMap(({ at }) => at);
  return {
    name: sample.capture.name,
    kind: sample.kind,
    title: sample.title,
    machine: sample.side,
    why: sample.why,
    command: sample.command ?? null,
    lines: sample.total ?? new Set(numbers).size,
    notUnderstood: strange.length,
    from: numbers[0] ?? 0,
    to: sample.total ?? numbers.at(-1) ?? 0,
  };
}

function machine(kase: Case, side: 'guest' | 'host'): MachineSummary {
  const says = findThing(kase, side, 'system', '')?.says;
  return {
    os: valueIn(says?.os) ?? null,
    release: valueIn(says?.release) ?? orLater(valueIn(says?.releaseAtLeast)),
    kernel: valueIn(says?.kernel) ?? null,
    product: valueIn(says?.product) ?? null,
    hypervisor: valueIn(says?.hypervisor) ?? null,
    proxmox: valueIn(says?.proxmox) ?? null,
    qemu: valueIn(says?.qemu) ?? null,
  };
}

/** Known only by the form of what it printed. */
function orLater(release: string | undefined): string | null {
  return release === undefined ? null : `${release} or later`;
}
