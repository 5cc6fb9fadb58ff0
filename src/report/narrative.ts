import type { Finding, Plan, Report } from '../model/report.ts';
import { vanishSentences } from './vanish-words.ts';
import {
  askLine,
  byMeaning,
  capital,
  inSentence,
  isAnswer,
  machineOf,
  mainFinding,
  PURPOSES,
  place,
  ruledOutLine,
  sentence,
  strangeCount,
  strangeLines,
} from './words.ts';
import { wrap } from './wrap.ts';

/** A piece of a letter: words of ours, to be wrapped (an item of a list with an indent), or captured text and commands, never. */
export type Passage = { readonly prose: string; readonly indent?: number } | { readonly verbatim: string };

export function toLines(passages: readonly Passage[], width: number, margin = ''): string[] {
  return passages.flatMap((passage) => {
    if ('verbatim' in passage) return passage.verbatim.split('\n').map((line) => margin + line);
    const indent = margin + ' '.repeat(passage.indent ?? 0);
    const hang = passage.indent === undefined ? indent : `${indent}  `;
    return passage.prose === '' ? [''] : wrap(passage.prose, width, indent, hang);
  });
}

const COMPLAINTS: Record<string, { short: string; long: string }> = {
  'no-link': { short: 'no link', long: 'The interface shows no link.' },
  'no-traffic': { short: 'link, but no traffic', long: 'The interface has link, but nothing passes.' },
  stalls: {
    short: 'traffic stalls',
    long: 'Traffic stops now and then, until the interface is taken down and up.',
  },
  slow: { short: 'slow', long: 'It is slow.' },
  'some-traffic': { short: 'some traffic does not pass', long: 'Some traffic passes and some does not.' },
  'no-address': { short: 'no address', long: 'The interface gets no address.' },
  'nic-missing': { short: 'the NIC is missing', long: 'The guest does not show the NIC.' },
  flaps: { short: 'link flaps', long: 'The link comes and goes.' },
};

/** What is seen; a cause only where it is more than possible. */
export function symptom(report: Report): string {
  const main = mainFinding(report);
  if (main) return inSentence(main.title);
  const complaint = report.complaint === null ? undefined : COMPLAINTS[report.complaint]?.short;
  if (complaint) return complaint;
  if (report.verdict === 'healthy') return 'nothing wrong was found';
  const nic = report.nics.find(({ name }) => name === report.findings[0]?.nic) ?? report.nics[0];
  if (nic?.up === false) return 'not UP';
  return nic?.link === 'no-carrier' ? 'no carrier' : 'does not work as expected, cause not known';
}

export function expected(report: Report): string {
  const nic = mainFinding(report)?.nic ?? report.nics[0]?.name ?? 'the NIC';
  return `${nic} has link, an address where it needs one, and passes traffic.`;
}

export function happened(report: Report): string {
  const complaint = report.complaint === null ? '' : (COMPLAINTS[report.complaint]?.long ?? '');
  const first = mainFinding(report) ?? report.findings[0];
  if (!first) {
    const none = report.verdict === 'healthy' ? 'show nothing wrong.' : 'do not show why.';
    return [complaint, `The captures below ${none}`].filter(Boolean).join(' ');
  }
  const seen = [...new Set(first.because.map(({ means }) => means))].join('; ');
  return [
    complaint,
    seen && sentence(capital(seen)),
    `Diagnosis: ${inSentence(first.title)} (${first.standing}).`,
  ]
    .filter(Boolean)
    .join(' ');
}

/** Finding by finding, each line with its place; then what was ruled out, and what is open. */
export function evidence(report: Report): Passage[] {
  const strange = strangeLines(report);
  return [
    ...report.findings.flatMap(findingPassages),
    ...report.ruledOut.flatMap((finding): Passage[] => [
      { prose: `Ruled out: ${ruledOutLine(finding)}`, indent: 0 },
      ...lineOf(finding.because[0]),
    ]),
    ...report.nics.flatMap(({ name, path, vanish }) =>
      vanishSentences(vanish, path.length).map((text) => ({ prose: `Path of ${name}: ${text}.`, indent: 0 })),
    ),
    ...(strange.length > 0
      ? [{ prose: `${capital(strangeCount(report))}: ${strange.join('; ')}.`, indent: 0 }]
      : []),
    ...report.problems.map(({ says }) => ({ prose: `Note: ${says}`, indent: 0 })),
  ];
}

function findingPassages(finding: Finding): Passage[] {
  return [
    { prose: `${capital(finding.standing)}: ${finding.title} (${finding.nic})`, indent: 0 },
    ...byMeaning(finding.because).flatMap(({ means, evidence }): Passage[] => [
      { prose: `because ${means}`, indent: 2 },
      ...evidence.flatMap(lineOf),
    ]),
    ...finding.open.map(({ asks }) => ({ prose: `not known: ${asks}`, indent: 2 })),
    { prose: '' },
  ];
}

function lineOf(one: Finding['because'][number] | undefined): Passage[] {
  if (!one || isAnswer(one)) return [];
  return [{ verbatim: `    ${place(one)}: ${one.line.text.trim()}` }];
}

/** What was run to see it, as far as the captures tell. */
export function ranCommands(report: Report): string[] {
  const ran = report.samples.flatMap(({ machine, command }) =>
    command === null ? [] : [`  ${command}    # on the ${machineOf(machine)}`],
  );
  return [...new Set(ran)];
}

/** What was run, and what would tell more. */
export function steps(report: Report): Passage[] {
  const ran = ranCommands(report).map((verbatim) => ({ verbatim }));
  const asks = report.ask.flatMap((ask): Passage[] => [
    { verbatim: `  ${ask.command}` },
    { prose: `${askLine(ask)}: ${ask.why}`, indent: 6 },
  ]);
  return [
    ...(ran.length > 0 ? [{ prose: 'Seen with these commands, outputs attached:' }, ...ran] : []),
    ...(asks.length > 0 ? [{ prose: 'Not run yet, would tell more:' }, ...asks] : []),
  ];
}

const MOST_FINDINGS = 2;
const MOST_PLANS = 2;

/** The plans of the findings that are more than possible, each with its way back. */
export function fixes(report: Report): Passage[] {
  const sure = report.findings.filter(({ standing }) => standing === 'certain' || standing === 'likely');
  const plans = sure.slice(0, MOST_FINDINGS).flatMap((finding) => finding.plans.slice(0, MOST_PLANS));
  // One plan may mend two findings.
  return plans
    .filter((plan, index) => plans.findIndex((other) => isSamePlan(plan, other)) === index)
    .flatMap(planPassages);
}

function isSamePlan(one: Plan, other: Plan): boolean {
  const commands = ({ steps }: Plan) => steps.map(({ shown }) => shown).join('\n');
  return one.fix === other.fix && commands(one) === commands(other);
}

function planPassages(plan: Plan): Passage[] {
  const missing = plan.missing.map((name) => `{${name}}`).join(', ');
  return [
    {
      prose: `${sentence(plan.title)} Cost: ${sentence(plan.cost)}${missing && ` Not known: ${missing}.`}`,
      indent: 0,
    },
    // The reader of a letter has not the files that would be compared.
    ...plan.steps.flatMap(({ purpose, on, shown, expect }): Passage[] =>
      on === 'here'
        ? []
        : [
            {
              verbatim: `  ${PURPOSES[purpose].toLowerCase()}, ${machineOf(on)}# ${shown.split('\n').join('\n      ')}`,
            },
            ...(expect ? [{ prose: `expect: ${expect}`, indent: 6 }] : []),
          ],
    ),
  ];
}
