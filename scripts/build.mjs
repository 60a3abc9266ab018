// Builds the wasm, the glue for both targets, and the npm package's dist/.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { alone } from './lib/alone.mjs';
import { writeContract } from './lib/contract.mjs';
import { licenceTexts } from './lib/licences.mjs';
import { isMain, main, root, run, step } from './lib/run.mjs';
import { splitWasm } from './lib/split-wasm.mjs';
import { once } from './lib/stamp.mjs';
import { setup, wasmBindgenBin } from './setup.mjs';

const CORE = [
  '.cargo',
  'Cargo.toml',
  'Cargo.lock',
  'build.rs',
  'build',
  'src',
  'facts/architectures.txt',
  'facts/config-families.txt',
  'facts/config-keys.txt',
  'facts/devices.tsv',
  'facts/sources.toml',
  'facts/locks',
  'facts/tables',
  'facts/written',
  'scripts/build.mjs',
  'scripts/lib/contract.mjs',
  'scripts/lib/split-wasm.mjs',
];
/**
 * The modules, the longest to build first: the name, the feature that makes it, and `simd` where it wants 128-bit vectors
 * (engines of 2021 to 2023 have them; its twin is for older ones). The catalog's loops are as fast when the compiler
 * saves room, and a seventh smaller; its `second` half is loaded when somebody searches.
 */
const MODULES = [
  { name: 'verdict', feature: 'verdict' },
  { name: 'memory', feature: 'memory' },
  { name: 'hubfit', feature: 'api' },
  { name: 'repository', feature: 'repository' },
  { name: 'more-readers', feature: 'more_readers' },
  { name: 'readers', feature: 'readers' },
  { name: 'facts', feature: 'facts' },
  {
    name: 'catalog',
    second: 'catalog-search',
    feature: 'catalog',
    optimise: 's',
    simd: true,
  },
  {
    name: 'catalog-scalar',
    second: 'catalog-search-scalar',
    feature: 'catalog',
    optimise: 's',
  },
  { name: 'catalog-build', feature: 'catalog_build', optimise: 's' },
];
const CRATE_FEATURES = MODULES.map(({ feature }) => feature);
const GLUED = MODULES.map(({ name }) => name);
const NAMES = MODULES.flatMap(({ name, second }) => (second ? [name, second] : [name]));

/** What the second half of the catalog has. */
const SEARCH = {
  isLater: (name) => /^hubfit::(catalog::text|wasm::catalog_search)::/.test(name),
  laterExports: ['prepare', 'suggest', 'similar', 'matrix', 'pipelines', 'trending_tags'].map(
    (name) => `catalog_${name}`,
  ),
};

/** How many modules are compiled at a time: each is one thread's work, and takes up to 2 GB. */
const LANES = Math.min(availableParallelism(), 4, Math.max(1, Math.floor(totalmem() / 4e9)));

const wasmOf = (name) => `pkg-web/${name}_bg.wasm`;
const base64Of = (name) => `pkg-web/${name}-base64.js`;
const LICENCES = 'THIRD-PARTY-LICENSES.txt';

/** What `dist/` is made from. */
const PACKAGE = [
  ...NAMES.map(base64Of),
  'ts',
  'tsdown.config.ts',
  'package.json',
  'package-lock.json',
  'facts/sample',
  'scripts/build.mjs',
  'scripts/lib',
];

/** One of each step that makes `dist/`. */
const DIST = [
  'index.js',
  'catalog.js',
  'cli.js',
  ...NAMES.map((name) => `${name}.wasm`),
  'facts.bin',
  'sample.json',
  'SAMPLE.md',
  LICENCES,
].map((name) => `dist/${name}`);

/** The libraries that dist/cli.js carries, with all that they depend on. */
const BUNDLED = [
  'cli-table3',
  'commander',
  'csv-stringify',
  'hyparquet',
  'hyparquet-compressors',
  'hyparquet-writer',
  'ora',
  'picocolors',
  'yaml',
];

/** Replace the flags of `.cargo/config.toml`: where little is copied into its callers, queries are as fast, and 2 kB less. */
const SMALL = '-C llvm-args=-inline-threshold=10';
const SIMD = '-C target-feature=+simd128';

/** What is called once stays a function of its own: as fast, and 400 bytes less by gzip. */
const ONCE = ['--one-caller-inline-max-function-size=0'];

/** The features that rustc emits by default for wasm32 (1.82 and later); no more, or older engines refuse the module. */
const FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
];

/** Builds what has changed. */
export async function build() {
  await setup();
  await alone('build', async () => {
    const outputs = [
      ...NAMES.flatMap((name) => [wasmOf(name), base64Of(name)]),
      ...GLUED.map((name) => `pkg-node/${name}_bg.wasm`),
    ];
    await once('wasm', { inputs: CORE, outputs }, buildWasm);
    await once('dist', { inputs: PACKAGE, outputs: DIST }, buildDist);
  });
}

async function buildWasm() {
  const waiting = [...MODULES];
  const lane = async (_, number) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await buildModule(next, `target/lane-${number}`);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  contract();
}

async function buildModule(module, folder) {
  const { name, feature, optimise: level, simd } = module;
  const env = {
    // Each set of flags has its own folder, or all that is depended on is compiled again.
    CARGO_TARGET_DIR: `${folder}${level ? `-${level}` : ''}${simd ? '-simd' : ''}`,
    ...(level && {
      CARGO_PROFILE_RELEASE_OPT_LEVEL: level,
      RUSTFLAGS: simd ? `${SMALL} ${SIMD}` : SMALL,
    }),
  };
  const target = ['--target', 'wasm32-unknown-unknown', '--features', feature];
  const wasm = `${env.CARGO_TARGET_DIR}/wasm32-unknown-unknown/release/hubfit.wasm`;
  await step(`compiling ${name} to wasm`, async () => {
    // Without the library beside it the compiler knows who calls what before it links: a seventh less, and faster.
    const compile = ['rustc', '--lib', '--crate-type', 'cdylib', '--release'];
    await run('cargo', [...compile, ...target], { env });
    await glue(wasm, name, 'web', 'pkg-web');
    await glue(wasm, name, 'nodejs', 'pkg-node');
    await optimise(module);
  });
}

function glue(wasm, name, target, folder) {
  const options = ['--omit-default-module-path', '--experimental-reset-state-function'];
  const args = [
    wasm,
    '--out-name',
    name,
    '--target',
    target,
    '--out-dir',
    folder,
    ...(target === 'web' ? options : []),
  ];
  return run(wasmBindgenBin(), args);
}

/** The binary of Node's glue is whole: only what pages load has halves. */
async function optimise({ name, second, simd }) {
  const features = simd ? [...FEATURES, 'simd'] : FEATURES;
  const flags = features.map((feature) => `--enable-${feature}`);
  const whole = `pkg-node/${name}_bg.wasm`;
  await binaryen('wasm-opt', whole, whole, ['-O3', ...flags]);
  if (second) await split(name, second, flags);
  else await binaryen('wasm-opt', wasmOf(name), wasmOf(name), ['-O3', ...flags]);
  for (const half of second ? [name, second] : [name]) inline(half);
}

function binaryen(tool, from, to, flags) {
  return run(process.execPath, [`node_modules/binaryen/bin/${tool}`, from, '-o', to, ...flags]);
}

/** Before it is optimised: then what is called once is still a function, with its name. */
async function split(name, second, flags) {
  const text = `target/${name}.wat`;
  await binaryen('wasm-dis', wasmOf(name), text, flags);
  const halves = splitWasm(readFileSync(join(root, text), 'utf8'), SEARCH);
  for (const [half, to] of [
    [halves.first, name],
    [halves.second, second],
  ]) {
    writeFileSync(join(root, text), half);
    await binaryen('wasm-opt', text, wasmOf(to), ['-O3', ...ONCE, ...flags]);
  }
}

/** The wasm as part of a script. */
function inline(name) {
  const base64 = readFileSync(join(root, wasmOf(name)), 'base64');
  writeFileSync(join(root, base64Of(name)), `export const wasmBase64 = '${base64}';\n`);
  const types = base64Of(name).replace(/\.js$/, '.d.ts');
  writeFileSync(join(root, types), 'export declare const wasmBase64: string;\n');
}

/** The types that Rust emits are committed; a stale file fails the tests. */
function contract() {
  // The scalar twin has the same boundary.
  const own = GLUED.filter((name) => name !== 'catalog-scalar');
  const modules = own.map((name) => ({
    file: name === 'hubfit' ? 'core' : name,
    text: readFileSync(join(root, `pkg-web/${name}.d.ts`), 'utf8'),
  }));
  writeContract(modules);
}

/** The script of the catalog's Worker, as text: no two bundlers agree on how a package brings a file of its own. */
async function writeWorkerScript() {
  // Not before setup has brought it: a bare clone has no packages.
  const { build: esbuild } = await import('esbuild');
  const { outputFiles } = await esbuild({
    absWorkingDir: root,
    entryPoints: ['ts/catalog/catalog-worker.ts'],
    ...{ bundle: true, minify: true, format: 'iife', target: 'es2022', write: false },
  });
  const text = JSON.stringify(outputFiles[0].text);
  writeFileSync(join(root, 'pkg-web/catalog-worker.js'), `export const workerScript = ${text};\n`);
  const types = 'export declare const workerScript: string;\n';
  writeFileSync(join(root, 'pkg-web/catalog-worker.d.ts'), types);
}

async function buildDist() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await step('bundling the package', async () => {
    await writeWorkerScript();
    await run('npx', ['tsdown']);
  });
  for (const name of NAMES) {
    cpSync(join(root, wasmOf(name)), join(root, `dist/${name}.wasm`));
  }
  // The facts as the module has them, for sites that refresh them without upgrading.
  const { embedded_facts } = createRequire(import.meta.url)('../pkg-node/facts.js');
  writeFileSync(join(root, 'dist/facts.bin'), embedded_facts());
  const { listSample } = await import('./lib/sample.mjs');
  writeFileSync(join(root, 'dist/sample.json'), `${JSON.stringify(listSample())}\n`);
  // Some of its figures are CC BY: the credit goes where they go.
  cpSync(join(root, 'facts/sample/README.md'), join(root, 'dist/SAMPLE.md'));
  writeFileSync(join(root, 'dist', LICENCES), licenceTexts(BUNDLED, CRATE_FEATURES));
}

if (isMain(import.meta.url)) await main(build);
