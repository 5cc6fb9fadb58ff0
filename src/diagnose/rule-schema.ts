import * as z from 'zod';

/** The shapes of the files in rules/. Editors get them as rules/*.schema.json, which a test keeps fresh. */
const words = z.union([z.string(), z.array(z.string()).min(1)]);
const conditionShape = z
  .record(z.string(), z.unknown())
  .describe(
    'all / any: a list of conditions; not: a condition; anything else is a fact and its word or words',
  );

const standing = z.enum(['certain', 'likely', 'possible']);
const place = z
  .string()
  .regex(/^[^:]+:\d+$/)
  .describe('file:line in the case');
const firing = z.strictObject({
  case: z.string(),
  nic: z.string(),
  standing,
  because: z.array(place).min(1),
});
const silent = z.strictObject({
  case: z.string(),
  nic: z.string().optional(),
  ruledOut: z.boolean().optional(),
});
const unsure = z.strictObject({
  case: z.string(),
  nic: z.string(),
  without: z.array(z.string()).min(1).describe('captures taken away'),
  standing: z.enum(['possible', 'silent', 'likely']),
  ask: z.array(z.string()).optional().describe('probes that must be asked for'),
});

export const faultFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)?$/),
  title: z.string().max(90),
  severity: z.enum(['fault', 'warning']),
  consequence: z
    .boolean()
    .optional()
    .describe('comes of other faults: told behind them where one of them is likely'),
  follows: z
    .array(z.string())
    .optional()
    .describe('faults of the guest that it comes of: told behind them where one of them is likely'),
  symptom: conditionShape,
  cause: conditionShape,
  proof: conditionShape.optional(),
  'excluded-by': conditionShape.optional().describe('rules the fault out while nothing speaks for its cause'),
  explain: z.string(),
  signs: z.record(z.string(), z.string()),
  'mistaken-for': z.array(z.string()),
  fixes: z.array(z.string()),
  sources: z.array(z.string()).min(1),
  tests: z
    .strictObject({
      fires: z.array(firing).min(1),
      silent: z.array(silent).min(1),
      unsure: z.array(unsure).min(1),
    })
    .optional()
    .describe('required for the rules of the program itself'),
});

const step = z.strictObject({
  on: z.enum(['guest', 'host']),
  run: z.array(z.string()).min(1).describe('argv; {noun.property} blanks are filled from checked facts'),
  input: z.array(z.string()).optional().describe('lines typed into the command, or written by it'),
  expect: z.string().optional(),
  note: z.string().optional(),
});

const way = z.strictObject({
  when: conditionShape.optional(),
  title: z.string().optional(),
  keep: z.array(step).default([]),
  do: z.array(step).min(1),
  verify: z.array(step).min(1),
  undo: z.array(step).min(1),
});

const planTest = z.strictObject({
  case: z.string(),
  nic: z.string(),
  fault: z.string(),
  shown: z.array(z.string()).min(1).describe('commands that must stand in the plan, as printed'),
  missing: z.array(z.string()).optional(),
});

export const fixFile = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().max(90),
  cost: z.string(),
  ways: z.array(way).min(1),
  sources: z.array(z.string()).min(1),
  tests: z.array(planTest).min(1).optional(),
});

export const probeFile = z.strictObject({
  system: z.string(),
  on: z.enum(['guest', 'host']),
  os: z
    .enum(['openbsd', 'freebsd', 'netbsd', 'dragonfly', 'linux', 'windows', 'unknown'])
    .optional()
    .describe('the system of the guest these are commands of; unknown: asked while it is not known'),
  probes: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]+$/),
        argv: z.array(z.string()).min(1),
        otherwise: z
          .array(z.string())
          .min(1)
          .optional()
          .describe('the command while a blank of argv cannot be filled'),
        tells: z.string(),
        settles: z.array(z.string()).describe('names of the facts it settles'),
        root: z.boolean().default(false),
        twice: z.boolean().default(false),
        cost: z.number().int().min(1).max(5),
        seconds: z.number().int().min(1).max(60).default(10).describe('the longest it may take'),
        listens: z
          .boolean()
          .default(false)
          .describe('waits for packets: being stopped after its seconds is its ordinary end'),
        kilobytes: z.number().int().min(1).max(16_384).default(1024).describe('the most it may print'),
        alone: z
          .boolean()
          .default(false)
          .describe(
            'looking changes what others see: what stands before it is done first, what stands after it later',
          ),
        disturbs: z
          .string()
          .optional()
          .describe('what it may change or load: only run with --allow-system-changes'),
        loads: z
          .array(z.string())
          .min(1)
          .optional()
          .describe(
            'kernel modules: where none of them is loaded it would load one, and is only run with --allow-system-changes',
          ),
        when: conditionShape.optional(),
      }),
    )
    .min(1),
});

export const driverFile = z.strictObject({
  os: z.string(),
  driver: z.string(),
  facts: z.record(
    z.string(),
    z
      .array(
        z.strictObject({
          from: z.string().optional(),
          to: z.string().optional(),
          sign: z
            .literal('reworked')
            .optional()
            .describe('holds where the outputs show this sign, whatever the release is called'),
          word: z.string(),
          source: z.string(),
        }),
      )
      .min(1),
  ),
});

export const healthyFile = z.strictObject({
  condition: conditionShape,
  unless: conditionShape.optional().describe('signs that speak against it, whatever else was seen'),
});

export const schemas = {
  fault: faultFile,
  fix: fixFile,
  probe: probeFile,
  driver: driverFile,
  healthy: healthyFile,
};
export type FaultFile = z.infer<typeof faultFile>;
export type FixFile = z.infer<typeof fixFile>;
export type Words = z.infer<typeof words>;
