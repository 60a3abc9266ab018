// Builds the wasm, the glue for both targets, and the npm package's dist/.
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { alone } from './lib/alone.mjs';
import { writeContract } from './lib/contract.mjs';
import { licenceTexts } from './lib/licences.mjs';
import { isMain, main, root, run, step } from './lib/run.mjs';
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
];
/** The modules: by the feature that makes it, what wasm-bindgen calls it. */
const MODULES = {
  api: 'hubfit',
  facts: 'facts',
  memory: 'memory',
  verdict: 'verdict',
  readers: 'readers',
  more_readers: 'more-readers',
  repository: 'repository',
};

const base64Of = (name) => `pkg-web/${name}-base64.js`;
const LICENCES = 'THIRD-PARTY-LICENSES.txt';
const WASM = 'target/wasm32-unknown-unknown/release/hubfit.wasm';

/** What `dist/` is made from. */
const PACKAGE = [
  ...Object.values(MODULES).map(base64Of),
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
  'cli.js',
  'hubfit.wasm',
  'facts.wasm',
  'memory.wasm',
  'verdict.wasm',
  'readers.wasm',
  'facts.bin',
  'more-readers.wasm',
  'repository.wasm',
  'sample.json',
  'SAMPLE.md',
  LICENCES,
].map((name) => `dist/${name}`);

/** The libraries that dist/cli.js carries, with all that they depend on. */
const BUNDLED = ['cli-table3', 'commander', 'ora', 'picocolors'];

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
    const outputs = Object.values(MODULES).flatMap((name) => [
      `pkg-web/${name}_bg.wasm`,
      `pkg-node/${name}_bg.wasm`,
      base64Of(name),
    ]);
    await once('wasm', { inputs: CORE, outputs }, buildWasm);
    await once('dist', { inputs: PACKAGE, outputs: DIST }, buildDist);
  });
}

async function buildWasm() {
  for (const [feature, name] of Object.entries(MODULES)) await buildModule(feature, name);
  contract();
}

async function buildModule(feature, name) {
  const target = ['--target', 'wasm32-unknown-unknown', '--features', feature];
  await step(`compiling ${name} to wasm`, () => run('cargo', ['build', '--release', ...target]));
  await step(`writing the glue of ${name}`, async () => {
    await glue(name, 'web', 'pkg-web');
    await glue(name, 'nodejs', 'pkg-node');
  });
  await step(`optimising ${name}`, () => optimise(name));
}

function glue(name, target, folder) {
  const options = ['--omit-default-module-path', '--experimental-reset-state-function'];
  const args = [
    WASM,
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

/** One binary serves both targets: only the glue differs. */
async function optimise(name) {
  const flags = ['-O3', ...FEATURES.map((feature) => `--enable-${feature}`)];
  for (const wasm of [`pkg-web/${name}_bg.wasm`, `pkg-node/${name}_bg.wasm`]) {
    const args = ['node_modules/binaryen/bin/wasm-opt', wasm, '-o', wasm];
    await run(process.execPath, [...args, ...flags]);
  }
  const base64 = readFileSync(join(root, `pkg-web/${name}_bg.wasm`), 'base64');
  writeFileSync(join(root, base64Of(name)), `export const wasmBase64 = '${base64}';\n`);
  const types = base64Of(name).replace(/\.js$/, '.d.ts');
  writeFileSync(join(root, types), 'export declare const wasmBase64: string;\n');
}

/** The types that Rust emits are committed; a stale file fails the tests. */
function contract() {
  const modules = Object.values(MODULES).map((name) => ({
    file: name === 'hubfit' ? 'core' : name,
    text: readFileSync(join(root, `pkg-web/${name}.d.ts`), 'utf8'),
  }));
  writeContract(modules);
}

async function buildDist() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await step('bundling the package', () => run('npx', ['tsdown']));
  for (const name of Object.values(MODULES)) {
    cpSync(join(root, `pkg-web/${name}_bg.wasm`), join(root, `dist/${name}.wasm`));
  }
  // The facts as the module has them, for sites that refresh them without upgrading.
  const { embedded_facts } = createRequire(import.meta.url)('../pkg-node/facts.js');
  writeFileSync(join(root, 'dist/facts.bin'), embedded_facts());
  const { listSample } = await import('./lib/sample.mjs');
  writeFileSync(join(root, 'dist/sample.json'), `${JSON.stringify(listSample())}\n`);
  // Some of its figures are CC BY: the credit goes where they go.
  cpSync(join(root, 'facts/sample/README.md'), join(root, 'dist/SAMPLE.md'));
  writeFileSync(join(root, 'dist', LICENCES), licenceTexts(BUNDLED));
}

if (isMain(import.meta.url)) await main(build);
