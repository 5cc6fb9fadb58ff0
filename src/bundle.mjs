// The build: the whole program with its rules and the built-in case in one file, dist/vio-doctor.js.
// Compiling is most of a start: what src/ imports on demand (`await import`) is a text of its own in there, compiled when it is needed.
// `node src/bundle.mjs corpus` builds the corpus runner (test/corpus) instead, `... bench` the benchmark (test/bench).
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
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
      contents: SLOW.test(path) ? gettersOf(path) : `module.exports = require('${path}');`,
    }));
  },
};

/** Each takes as long to load as ten files to be read, and most runs use none of them, though they import them. */
const SLOW = /^(?:node:)?(?:child_process|crypto|net|worker_threads)$/;

function gettersOf(builtin) {
  const names = Object.keys(createRequire(import.meta.url)(builtin));
  return `module.exports = {${names.map((name) => `get ${name}() { return require('${builtin}').${name}; }`)}};`;
}

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
  DEMO: JSON.stringify(readDemo()),
};
/** As a text: V8 reads JSON much faster than the same as program. */
const knowledge = JSON.stringify(await readRules());

const tool = process.argv[2];
if (tool) {
  await build({
    ...common,
    entryPoints: [`test/${tool}/${tool}.ts`],
    outfile: join(dist, `${tool}.js`),
    banner: requireBanner(),
    define: { ...defines, KNOWLEDGE: JSON.stringify(knowledge) },
  });
} else {
  const outfile = join(dist, 'vio-doctor.js');
  const define = {
    VERSION: JSON.stringify(version),
    KNOWLEDGE: JSON.stringify(knowledge),
    PROGRAMS: JSON.stringify(await programTexts()),
  };
  await build({ absWorkingDir: root, entryPoints: ['src/main.ts'], outfile, target: 'node16', define });
  chmodSync(outfile, 0o755);
}

/** The program and what it loads on demand, by name: each the body of an async function that hands its exports back in LOADED. */
async function programTexts() {
  const texts = {};
  const add = async (name, contents) => {
    const { outputFiles } = await bundle({ contents, resolveDir: root }, onDemand);
    texts[name] = `${outputFiles[0].text}\n//# sourceURL=vio-doctor/${name}.js`;
  };
  const onDemand = {
    name: 'on-demand',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /.*/ }, async ({ path, kind, importer, resolveDir }) => {
        if (kind !== 'dynamic-import' || isBuiltin(path) || !importer.startsWith(join(root, 'src/')))
          return undefined;
        const found = await resolve(path, { importer, resolveDir, kind: 'import-statement' });
        return { path: found.path, namespace: 'on-demand' };
      });
      onLoad({ filter: /.*/, namespace: 'on-demand' }, async ({ path }) => {
        const name = relative(root, path);
        const from = JSON.stringify(path);
        await add(name, `import * as own from ${from}; Object.assign(LOADED, own);`);
        const { metafile } = await bundle({ contents: `export * from ${from};`, resolveDir: root });
        const [{ exports }] = Object.values(metafile.outputs);
        const lines = exports.map((word) => `export const ${word} = own.${word};`);
        return { contents: `const own = await LOAD(${JSON.stringify(name)});\n${lines.join('\n')}` };
      });
    },
  };
  await add(
    'vio-doctor',
    `import { isMainThread } from 'node:worker_threads';
      import { runCli } from './src/cli.ts';
      import { serveExaminations } from './src/commands/examiner.ts';
      LOADED.runCli = isMainThread ? runCli : serveExaminations;`,
  );
  return texts;
}

function bundle(stdin, ...plugins) {
  return build({
    ...common,
    plugins: [...plugins, ...common.plugins],
    stdin,
    write: false,
    metafile: true,
    minify: true,
    define: {
      ...defines,
      'import.meta.url': 'URL_OF_PROGRAM',
      'import.meta.dirname': '""',
      'import.meta.resolve': 'undefined',
    },
  });
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
