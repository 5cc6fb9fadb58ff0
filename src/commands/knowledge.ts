import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { facts } from '../case/facts.ts';
import type { RuleFile } from '../diagnose/read-knowledge.ts';
import type { Knowledge } from '../model/rule.ts';

// The bundle holds the rules as the build has read them; from source they are read from rules/.
declare const KNOWLEDGE: string | undefined;

/** What the program knows, and the user's own rule folders on top. A folder that cannot be read throws. */
export async function loadKnowledge(folders: readonly string[] = []): Promise<Knowledge> {
  const own = typeof KNOWLEDGE === 'undefined' ? await readOwnRules() : (JSON.parse(KNOWLEDGE) as Knowledge);
  if (folders.length === 0) return own;
  const { readKnowledge } = await import('../diagnose/read-knowledge.ts');
  return folders.reduce((known, folder) => readKnowledge(ruleFilesIn(folder), facts, known), own);
}

async function readOwnRules(): Promise<Knowledge> {
  const { readKnowledge } = await import('../diagnose/read-knowledge.ts');
  return readKnowledge(ruleFilesIn(join(import.meta.dirname, '../../rules')), facts);
}

/** All YAML files below a folder, by name. A file directly in a user's folder is taken for a fault. */
export function ruleFilesIn(folder: string): RuleFile[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && /\.ya?ml$/.test(file.name))
    .map((file) => join(file.parentPath, file.name))
    .sort()
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path, 'utf8') }));
}
