import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemas } from '../../src/diagnose/rule-schema.ts';

// rules/*.schema.json are for editors; they are made from the schemas that the program itself uses.
const RULES = join(import.meta.dirname, '../../rules');

test.each(Object.entries(schemas))('rules/%s.schema.json is fresh', (name, schema) => {
  const path = join(RULES, `${name}.schema.json`);
  const fresh = `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`;
  if (process.env.UPDATE_FIXTURES) writeFileSync(path, fresh);
  expect(existsSync(path)).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe(fresh);
});
