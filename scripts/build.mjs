// Builds the wasm, the glue for both targets, and the npm package's dist/.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './lib/alone.mjs';
import { main, root, run, step } from './lib/run.mjs';
import { once } from './lib/stamp.mjs';
import { setup, wasmBindgenBin } from './setup.mjs';

const CORE = ['Cargo.toml', 'Cargo.lock', 'src', 'facts/architectures.txt', 'scripts/build.mjs'];
const BASE64 = 'pkg-web/hubfit-base64.js';
const WASM = 'target/wasm32-unknown-unknown/release/hubfit.wasm';

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
    const outputs = ['pkg-web/hubfit_bg.wasm', 'pkg-node/hubfit_bg.wasm', BASE64];
    await once('wasm', { inputs: CORE, outputs }, buildWasm);
    const inputs = [
      BASE64,
      'ts',
      'tsdown.config.ts',
      'package.json',
      'facts/sample',
      'scripts/lib',
    ];
    const made = ['dist/index.js', 'dist/cli.js', 'dist/sample.json', 'dist/hubfit.wasm'];
    await once('dist', { inputs, outputs: made }, buildDist);
  });
}

async function buildWasm() {
  await step('compiling the core to wasm', () =>
    run('cargo', [
      'build',
      '--release',
      '--target',
      'wasm32-unknown-unknown',
      '--features',
      'wasm',
    ]),
  );
  await step('writing the glue', async () => {
    await glue('web', 'pkg-web');
    await glue('nodejs', 'pkg-node');
  });
  await step('optimising the wasm', optimise);
  contract();
}

function glue(target, folder) {
  const options = ['--omit-default-module-path', '--experimental-reset-state-function'];
  const args = [
    WASM,
    '--target',
    target,
    '--out-dir',
    folder,
    ...(target === 'web' ? options : []),
  ];
  return run(wasmBindgenBin(), args);
}

/** One binary serves both targets: only the glue differs. */
async function optimise() {
  const wasm = join(root, 'pkg-web/hubfit_bg.wasm');
  const flags = FEATURES.map((feature) => `--enable-${feature}`);
  await run(process.execPath, [
    'node_modules/binaryen/bin/wasm-opt',
    wasm,
    '-O3',
    '-o',
    wasm,
    ...flags,
  ]);
  await run(process.execPath, [
    'node_modules/binaryen/bin/wasm-opt',
    'pkg-node/hubfit_bg.wasm',
    '-O3',
    '-o',
    'pkg-node/hubfit_bg.wasm',
    ...flags,
  ]);
  const base64 = readFileSync(wasm).toString('base64');
  writeFileSync(join(root, 'pkg-web/hubfit-base64.js'), `export const wasmBase64 = '${base64}';\n`);
  writeFileSync(
    join(root, 'pkg-web/hubfit-base64.d.ts'),
    'export declare const wasmBase64: string;\n',
  );
}

/** The types that Rust emits are committed; a stale file fails the tests. */
function contract() {
  mkdirSync(join(root, 'ts/generated'), { recursive: true });
  cpSync(join(root, 'pkg-web/hubfit.d.ts'), join(root, 'ts/generated/core.d.ts'));
}

async function buildDist() {
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await step('bundling the package', () => run('npx', ['tsdown']));
  cpSync(join(root, 'pkg-web/hubfit_bg.wasm'), join(root, 'dist/hubfit.wasm'));
  const { listSample } = await import('./lib/sample.mjs');
  writeFileSync(join(root, 'dist/sample.json'), `${JSON.stringify(listSample())}\n`);
}

if (import.meta.url === `file://${process.argv[1]}`) await main(build);
