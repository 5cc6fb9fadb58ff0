import type { Plan, Step } from '../model/report.ts';
import type { Fix, Purpose, Rule, Rulebook, StepTemplate, Way } from '../model/rule.ts';
import { fillCommand, quoteForShell } from './command.ts';
import { type Asked, evaluate } from './condition.ts';

const PURPOSES = ['keep', 'do', 'verify', 'undo'] as const satisfies readonly Purpose[];

/** The fixes of a rule for this NIC: the first way of each whose platform is not known to be another. */
export function planFixes(rule: Rule, asked: Asked, book: Rulebook): Plan[] {
  return rule.fixes.flatMap((id) => {
    const fix = book.fixes.find((candidate) => candidate.id === id);
    const way = fix && chooseWay(fix, asked);
    return fix && way ? [planOf(fix, way, asked)] : [];
  });
}

/** A way that surely fits is taken before one that may. */
function chooseWay(fix: Fix, asked: Asked): Way | undefined {
  const answers = fix.ways.map((way) => ({
    way,
    value: way.when ? evaluate(way.when, asked).value : 'unknown',
  }));
  return (answers.find(({ value }) => value === 'yes') ?? answers.find(({ value }) => value === 'unknown'))
    ?.way;
}

function planOf(fix: Fix, way: Way, asked: Asked): Plan {
  const missing = new Set<string>();
  const steps = PURPOSES.flatMap((purpose) =>
    way[purpose].map((template) => stepOf(template, purpose, asked, missing)),
  );
  const title = (way.title ?? fix.title).replaceAll('{nic.name}', asked.nic.name);
  return { fix: fix.id, title, cost: fix.cost, steps, missing: [...missing] };
}

function stepOf(template: StepTemplate, purpose: Purpose, asked: Asked, missing: Set<string>): Step {
  const fill = (words: readonly string[]) => {
    const filled = fillCommand(words, asked.nic);
    for (const name of filled.missing) missing.add(name);
    return filled.words;
  };
  const argv = fill(template.run);
  const input = template.input && fill(template.input);
  return {
    purpose,
    on: template.on,
    argv,
    ...(input && { input }),
    shown: show(argv, input),
    ...(template.expect && { expect: fillText(template.expect, asked) }),
    ...(template.note && { note: fillText(template.note, asked) }),
  };
}

/** In prose, what is not known is a word to be replaced: `{host.uplink}` reads UPLINK. */
function fillText(text: string, asked: Asked): string {
  const [filled = text] = fillCommand([text], asked.nic).words;
  return filled.replace(/\{[a-z]+\.([a-z][a-z0-9-]*)\}/g, (_, name: string) => name.toUpperCase());
}

/** A file that is written is shown as printf into it; a dialogue as the command with its answers below. */
function show(argv: readonly string[], input: readonly string[] | undefined): string {
  if (!input) return quoteForShell(argv);
  const path = argv.at(-1) ?? '';
  if (argv[0] === 'tee') {
    const redirect = argv.includes('-a') ? '>>' : '>';
    return `printf '%s\\n' ${quoteForShell(input)} ${redirect} ${quoteForShell([path])}`;
  }
  return [quoteForShell(argv), ...input.map((line) => `    ${line}`)].join('\n');
}
