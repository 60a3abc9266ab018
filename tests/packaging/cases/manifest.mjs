// The package as a thing: what is in it, what it weighs, what the linters of packages say.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf, readJson } from '../lib/package.mjs';
import { execNode } from '../lib/processes.mjs';
import { makeProject } from '../lib/project.mjs';
import { brotliSize, pageSize, scriptSize, wasmSize } from '../lib/sizes.mjs';

const COMPANIONS = ['CHANGELOG.md', 'LICENSE-APACHE', 'LICENSE-MIT', 'README.md', 'package.json'];

/** The modules of wasm. */
const MODULES = [
  'hubfit',
  'facts',
  'memory',
  'verdict',
  'readers',
  'more-readers',
  'repository',
  'catalog',
  'catalog-scalar',
  'catalog-search',
  'catalog-search-scalar',
  'catalog-build',
];

/** Bytes of what a page loads that opens a catalog and filters, gzip. */
const MOST_CATALOG = 61_000;

/** Bytes, brotli. */
const MOST = { wasm: 150_000, script: 22_000, page: 12_000, facts: 40_000 };

/** What a page needs that lists models and checks them; the modules that its bundle then carries. */
const PAGE = ['listHuggingFaceModels', 'extractModelMetadata', 'checkModelWorkerCompatibility'];
const CARRIED = ['facts', 'hubfit', 'verdict'];

export default { contents, sizes, publint, attw };

async function contents({ tarball }) {
  const { installed } = await makeProject(tarball);
  const outside = filesOf(installed).filter((name) => !name.startsWith('dist/'));
  assert.deepEqual(outside, COMPANIONS);
  const manifest = readJson(join(installed, 'package.json'));
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    assert.deepEqual(Object.keys(manifest[kind] ?? {}), [], kind);
  }
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
    assert.equal(manifest.scripts?.[script], undefined, script);
  }
  const named = [...targets(manifest.exports), ...targets(manifest.bin)];
  const missing = named.filter((path) => !existsSync(join(installed, path)));
  assert.deepEqual(missing, [], 'files that package.json names');
  assertOneWasm(installed);
  assertCredits(installed);
}

/** What the package carries of others goes with their licences and names. */
function assertCredits(installed) {
  const read = (name) => readFileSync(join(installed, 'dist', name), 'utf8');
  const licences = read('THIRD-PARTY-LICENSES.txt');
  const marks = read('cli.js').matchAll(/^\/\/#region .*node_modules\/((?:@[^/]+\/)?[^/]+)\//gm);
  const carried = new Set([...marks].map(([, name]) => name));
  assert.ok(carried.has('commander'), 'dist/cli.js no longer names what it carries');
  // Crates that every module of wasm has.
  for (const name of ['serde', 'talc', 'wasm-bindgen']) carried.add(name);
  const missing = [...carried].filter((name) => !licences.includes(`\n${name} `));
  assert.deepEqual(missing, [], 'packages in dist/cli.js without a licence text');
  const sample = read('SAMPLE.md');
  assert.match(sample, /localmodel\.run, CC BY 4\.0/);
  const links = [...sample.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path);
  assert.deepEqual(links, [], 'links of dist/SAMPLE.md to files that are not in the package');
}

/** Builds that overlap could mix two: the wasm inside must be the wasm beside. */
function assertOneWasm(installed) {
  const read = (name, encoding) => readFileSync(join(installed, 'dist', name), encoding);
  const scripts = filesOf(join(installed, 'dist')).filter((name) => /\.c?js$/.test(name));
  for (const name of MODULES) {
    const bytes = read(`${name}.wasm`, 'base64');
    const carrying = scripts.filter((script) => read(script, 'utf8').includes(bytes));
    const kinds = carrying.map((script) => /\.c?js$/.exec(script)?.[0]).sort();
    assert.deepEqual(kinds, ['.cjs', '.js'], `${name}.wasm: carried by ${carrying}; build again`);
  }
}

function targets(value = {}) {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(targets);
}

async function sizes({ tarball }) {
  const { installed } = await makeProject(tarball);
  for (const name of MODULES) {
    const { brotli } = wasmSize(installed, name);
    assert.ok(brotli <= MOST.wasm, `${name}.wasm has ${brotli} bytes, at most ${MOST.wasm}`);
  }
  for (const name of ['catalog', 'catalog-scalar']) {
    const { gzip } = wasmSize(installed, name);
    assert.ok(gzip <= MOST_CATALOG, `${name}.wasm has ${gzip} bytes, at most ${MOST_CATALOG}`);
  }
  const facts = brotliSize(join(installed, 'dist/facts.bin'));
  assert.ok(facts <= MOST.facts, `facts.bin has ${facts} bytes, at most ${MOST.facts}`);
  for (const name of entries(readJson(join(installed, 'package.json')))) {
    const bytes = await scriptSize(installed, name);
    assert.ok(bytes <= MOST.script, `${name} has ${bytes} bytes, at most ${MOST.script}`);
  }
  const page = await pageSize(installed, PAGE);
  assert.deepEqual(page.wasm, CARRIED);
  assert.ok(page.script <= MOST.page, `a page has ${page.script} bytes, at most ${MOST.page}`);
}

function entries({ exports }) {
  const scripts = targets(exports).filter((path) => /\.c?js$/.test(path));
  return new Set(scripts.map((path) => path.replace('./dist/', '')));
}

async function publint({ tarball }) {
  const said = await execNode(['node_modules/publint/src/cli.js', tarball, '--strict']);
  assert.match(said, /All good!/);
}

async function attw({ tarball }) {
  // Wasm and facts are files to find, not modules that have types; no rule is ignored.
  const options = [
    '--exclude-entrypoints',
    ...MODULES.map((name) => `${name}.wasm`),
    'facts.bin',
    '--format',
    'ascii',
    '--no-emoji',
  ];
  const cli = 'node_modules/@arethetypeswrong/cli/dist/index.js';
  const said = await execNode([cli, tarball, ...options]);
  assert.match(said, /No problems found/);
}
