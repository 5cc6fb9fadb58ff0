// The build: the whole program with its rules and the built-in case in one file, dist/vio-doctor.js.
// `node src/bundle.mjs corpus` builds the corpus runner (test/corpus) instead.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Node's own modules are loaded where they are first used: no import statement is left in the program's text. */
const lazyBuiltins = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path, namespace }) => {
      if (!isBuiltin(path)) return undefined;
      return namespace === 'builtin' ? { path, external: true } : { path, namespace: 'builtin' };
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require('${path}');`,
    }));
  },
};

/** Ink asks for React's developer tools only in development. */
const noDevtools = {
  name: 'no-devtools',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'stub' }));
    onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: 'export default undefined;' }));
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  jsx: 'automatic',
  legalComments: 'none',
  plugins: [noDevtools, lazyBuiltins],
};

mkdirSync(dist, { recursive: true });
const defines = {
  // React's development build measures each render and keeps it: memory grows for ever.
  'process.env.NODE_ENV': '"production"',
  'process.env.DEV': '"false"',
  VERSION: JSON.stringify(version),
  KNOWLEDGE: JSON.stringify(await readRules()),
  DEMO: JSON.stringify(readDemo()),
};

if (process.argv[2] === 'corpus') {
  await build({
    ...common,
    entryPoints: ['test/corpus/corpus.ts'],
    outfile: join(dist, 'corpus.js'),
    banner: requireBanner(),
    define: defines,
  });
} else {
  const outfile = join(dist, 'vio-doctor.js');
  const define = { VERSION: JSON.stringify(version), PROGRAM: JSON.stringify(await programText()) };
  await build({ absWorkingDir: root, entryPoints: ['src/main.ts'], outfile, target: 'node16', define });
  chmodSync(outfile, 0o755);
}

/** The bundle as the body of an async function: it gets `require`, and hands its command line back in LOADED. */
async function programText() {
  const { outputFiles } = await build({
    ...common,
    stdin: {
      contents: `import { isMainThread } from 'node:worker_threads';
        import { runCli } from './src/cli.ts';
        import { serveExaminations } from './src/commands/examiner.ts';
        LOADED.runCli = isMainThread ? runCli : serveExaminations;`,
      resolveDir: root,
      loader: 'ts',
    },
    write: false,
    minify: true,
    define: {
      ...defines,
      'import.meta.url': 'URL_OF_PROGRAM',
      'import.meta.dirname': '""',
      'import.meta.resolve': 'undefined',
    },
  });
  return `${outputFiles[0].text}\n//# sourceURL=vio-doctor.js`;
}

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

function requireBanner() {
  return {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  };
}
