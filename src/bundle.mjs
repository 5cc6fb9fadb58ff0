// The build: src/main.ts with the rules and the built-in case in one file, dist/vio-doctor.js.
// `node src/bundle.mjs corpus` builds the corpus runner instead.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
mkdirSync(dist, { recursive: true });

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  // Not newer than what the start file must be readable by: it tells an old Node what is needed.
  target: 'node18',
  logLevel: 'warning',
  jsx: 'automatic',
  alias: { 'react-devtools-core': './src/ui/no-devtools.ts' },
};

/** Runs readKnowledge over rules/ now, so that the program need not read YAML at each start. A broken rule stops the build. */
async function readRules() {
  const file = join(dist, 'read-rules.mjs');
  const contents = `export { readKnowledge } from './src/diagnose/read-knowledge.ts';
    export { facts } from './src/case/facts.ts'; export { ruleFilesIn } from './src/commands/knowledge.ts';`;
  await build({
    ...common,
    stdin: { contents, resolveDir: root, loader: 'ts' },
    outfile: file,
    banner: requireBanner(),
  });
  const { readKnowledge, facts, ruleFilesIn } = await import(pathToFileURL(file).href);
  rmSync(file);
  const knowledge = readKnowledge(ruleFilesIn(join(root, 'rules')), facts);
  for (const { says } of knowledge.problems) console.error(says);
  if (knowledge.problems.length > 0) process.exit(1);
  return knowledge;
}

function readDemo() {
  const folder = join(root, 'fixtures/cases/no-carrier-vlan-40');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith('.txt'))
    .map((file) => join(file.parentPath, file.name))
    .sort()
    .map((path) => ({ name: relative(folder, path), text: readFileSync(path, 'utf8') }));
}

/** Bundled CommonJS packages still call require for Node's own modules. */
function requireBanner() {
  return {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  };
}

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const isCorpus = process.argv[2] === 'corpus';
const outfile = join(dist, isCorpus ? 'corpus.js' : 'vio-doctor.js');
const result = await build({
  ...common,
  entryPoints: [isCorpus ? 'test/corpus/corpus.ts' : 'src/main.ts'],
  outfile,
  write: false,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  banner: requireBanner(),
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    VERSION: JSON.stringify(version),
    KNOWLEDGE: JSON.stringify(await readRules()),
    DEMO: JSON.stringify(readDemo()),
  },
});
for (const file of result.outputFiles) writeFileSync(file.path, file.contents);
chmodSync(outfile, 0o755);
