import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { DriverEntry, Fact } from '../model/case.ts';
import type { Problem } from '../model/problem.ts';
import type { Condition, Fix, Knowledge, Probe, Rule } from '../model/rule.ts';
import { nearest, RuleError, readCondition } from './read-condition.ts';
import {
  driverFile,
  type FaultFile,
  type FixFile,
  faultFile,
  fixFile,
  healthyFile,
  probeFile,
} from './rule-schema.ts';

/** One file of a rules folder: `faults/link-down-by-host.yaml` and its text. */
export type RuleFile = { readonly path: string; readonly text: string };

type Reader = { file: RuleFile; condition: (given: unknown, ...path: (string | number)[]) => Condition };

/**
 * Reads rule files. A bad one is left out and told (file, line, what is wrong); the others work.
 * `base` is extended: a user's rule with the id of ours takes its place.
 */
export function readKnowledge(
  files: readonly RuleFile[],
  facts: ReadonlyMap<string, Fact>,
  base?: Knowledge,
): Knowledge {
  const rules = new Map(base?.rulebook.rules.map((rule) => [rule.id, rule]));
  const fixes = new Map(base?.rulebook.fixes.map((fix) => [fix.id, fix]));
  const probes = new Map(base?.rulebook.probes.map((probe) => [probe.id, probe]));
  const drivers: DriverEntry[] = [...(base?.drivers ?? [])];
  const problems: Problem[] = [...(base?.problems ?? [])];
  let healthy: Condition = base?.rulebook.healthy ?? { any: [] };
  let unhealthy: Condition = base?.rulebook.unhealthy ?? { any: [] };
  for (const file of files) {
    const folder = folderOf(file.path);
    read(file, facts, problems, (document, reader) => {
      if (folder === 'faults') {
        const rule = toRule(check(faultFile, document), reader);
        rules.set(rule.id, rule);
      } else if (folder === 'fixes') {
        const fix = toFix(check(fixFile, document), reader);
        fixes.set(fix.id, fix);
      } else if (folder === 'probes') {
        for (const probe of toProbes(check(probeFile, document), reader, facts)) probes.set(probe.id, probe);
      } else if (folder === 'drivers') drivers.push(...toDrivers(check(driverFile, document)));
      else {
        const { condition, unless } = check(healthyFile, document);
        healthy = reader.condition(condition, 'condition');
        if (unless) unhealthy = reader.condition(unless, 'unless');
      }
    });
  }
  const rulebook = {
    rules: [...rules.values()],
    fixes: [...fixes.values()],
    probes: [...probes.values()],
    healthy,
    unhealthy,
  };
  return { rulebook, drivers, problems };
}

/** A file that lies in none of our folders is a fault: `--rules DIR` may hold rules alone. */
function folderOf(path: string): string {
  return (
    /(?:^|\/)(faults|fixes|probes|drivers)\/[^/]+$/.exec(path)?.[1] ??
    (path === 'healthy.yaml' ? path : 'faults')
  );
}

/** Parses one file and turns whatever is wrong with it into a Problem with its line. */
function read(
  file: RuleFile,
  facts: ReadonlyMap<string, Fact>,
  problems: Problem[],
  use: (document: unknown, reader: Reader) => void,
): void {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines });
  const tell = (says: string, offset: number | undefined) => {
    const number = offset === undefined ? 1 : lines.linePos(offset).line;
    const text = file.text.split('\n')[number - 1] ?? '';
    const at = [{ sample: file.path, number, text }];
    problems.push({
      code: 'rule-broken',
      says: `${file.path}:${number}: ${says}; this file is left out.`,
      at,
    });
  };
  const [error] = document.errors;
  if (error) {
    tell(error.message.split('\n')[0] ?? 'not YAML', error.pos[0]);
    return;
  }
  try {
    use(document.toJS(), { file, condition: (given, ...path) => readCondition(given, facts, path) });
  } catch (thrown) {
    if (!(thrown instanceof RuleError)) throw thrown;
    tell(thrown.message, offsetOf(document, thrown.path));
  }
}

function check<T extends z.ZodObject>(schema: T, document: unknown): z.infer<T> {
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
  const strange = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const hint = strange ? nearest(strange, Object.keys(schema.shape)) : '';
  const where = path.length > 0 ? `${path.join('.')}: ` : '';
  throw new RuleError(
    `${where}${issue?.message ?? 'not as the schema says'}${hint}`,
    strange ? [...path, strange] : path,
  );
}

function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly (string | number)[],
): number | undefined {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as { range?: readonly number[] } | undefined;
    if (node?.range?.[0] !== undefined) return node.range[0];
  }
  return undefined;
}

function toRule(file: FaultFile, { condition }: Reader): Rule {
  const { id, title, severity, explain, signs, fixes, sources } = file;
  return {
    id,
    title,
    severity,
    symptom: condition(file.symptom, 'symptom'),
    cause: condition(file.cause, 'cause'),
    ...(file.proof && { proof: condition(file.proof, 'proof') }),
    ...(file['excluded-by'] && { excludedBy: condition(file['excluded-by'], 'excluded-by') }),
    explain: explain.trim(),
    signs,
    ...(file.consequence && { isConsequence: true }),
    ...(file.follows && { follows: file.follows }),
    mistakenFor: file['mistaken-for'],
    fixes,
    sources,
  };
}

function toFix(file: FixFile, { condition }: Reader): Fix {
  const { id, title, cost, sources } = file;
  const ways = file.ways.map(({ when, ...way }, index) => ({
    ...way,
    ...(when && { when: condition(when, 'ways', index, 'when') }),
  }));
  return { id, title, cost, ways, sources } as Fix;
}

function toProbes(
  file: z.infer<typeof probeFile>,
  { condition }: Reader,
  facts: ReadonlyMap<string, Fact>,
): Probe[] {
  for (const [index, { settles }] of file.probes.entries()) {
    const strange = settles.find((name) => !facts.has(name));
    if (strange !== undefined)
      throw new RuleError(`no such fact: ${strange}${nearest(strange, [...facts.keys()])}`, [
        'probes',
        index,
        'settles',
      ]);
  }
  return file.probes.map(({ id, otherwise, root, disturbs, loads, when, ...probe }, index) => ({
    ...probe,
    id: `${file.system}/${id}`,
    system: file.system,
    on: file.on,
    ...(file.os && { os: file.os }),
    ...(otherwise && { otherwise }),
    needsRoot: root,
    ...(disturbs !== undefined && { disturbs }),
    ...(loads && { loads }),
    ...(when && { when: condition(when, 'probes', index, 'when') }),
  }));
}

function toDrivers({ os, driver, facts }: z.infer<typeof driverFile>): DriverEntry[] {
  return Object.entries(facts).flatMap(([fact, entries]) =>
    entries.map((entry) => ({ os, driver, fact, ...entry }) as DriverEntry),
  );
}
