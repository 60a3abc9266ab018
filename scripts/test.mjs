// Runs everything: formats, lints, tests in every host, the packed package, the committed contract.
// `npm test -- rust vitest` runs only the named parts, `npm test -- '?'` lists them.
import { build } from './build.mjs';
import { ensureBrowsers } from './lib/browsers.mjs';
import { contractText } from './lib/contract.mjs';
import { main, run, Stop, step } from './lib/run.mjs';
import { setup } from './setup.mjs';

const WASM = [
  '--target',
  'wasm32-unknown-unknown',
  '--features',
  'api,facts,memory,verdict,readers,more_readers,repository,catalog,catalog_build,gloo',
];
const DENY = ['--', '-D', 'warnings'];

/** The parts that run tests: without a count of theirs nothing is known to have run. */
const COUNTED = new Set(['rust', 'wasm', 'vitest', 'packaging', 'gallery']);

/** Each part: its name, what it does, and how it runs. */
const PARTS = [
  ['rustfmt', 'Rust is formatted', () => run('cargo', ['fmt', '--check'])],
  ['clippy', 'clippy has nothing to say', () => run('cargo', ['clippy', '--all-targets', ...DENY])],
  [
    'clippy-wasm',
    'nor for wasm32',
    () => run('cargo', ['clippy', '--all-targets', ...WASM, ...DENY]),
  ],
  ['rust', 'Rust tests', () => run('cargo', ['test', '--no-fail-fast'])],
  ['agreement', 'readers agree with the libraries of PyPI', () => tsx('tests/agreement/run.ts')],
  [
    'docs',
    'Rust docs have no broken links',
    () => run('cargo', ['doc', '--no-deps', '--quiet'], { env: { RUSTDOCFLAGS: '-D warnings' } }),
  ],
  ['wasm', 'wasm tests in Node and Chromium', () => node('tests/wasm/run.mjs')],
  [
    'biome',
    'TypeScript is formatted and linted',
    () => run('npx', ['biome', 'ci', '--colors=off']),
  ],
  ['tsc', 'TypeScript types hold', () => run('npx', ['tsc', '-p', '.'])],
  ['sample', 'the sample keeps its schema', () => node('scripts/sample/check.mjs')],
  ['vitest', 'TypeScript, CLI and local Hub tests', () => run('npx', ['vitest', 'run'])],
  ['packaging', 'the packed package in each host', () => node('tests/packaging/run.mjs')],
  ['gallery', 'the gallery in Chromium', gallery],
];

function node(script) {
  return run(process.execPath, [script]);
}

function tsx(script) {
  return run(process.execPath, ['--import', 'tsx', script]);
}

async function gallery() {
  const { buildGallery } = await import('./gallery.mjs');
  await buildGallery();
  return node('tests/browser/gallery.mjs');
}

async function test() {
  const wanted = process.argv.slice(2);
  if (wanted.includes('?')) return list();
  refuseUnknown(wanted);
  process.env.NO_COLOR = '1';
  delete process.env.FORCE_COLOR;
  const committed = contractText();
  await setup();
  await ensureBrowsers();
  await build();
  const results = [contract(committed)];
  for (const part of PARTS) {
    if (wanted.length === 0 || wanted.includes(part[0])) results.push(await runPart(part));
  }
  report(results);
}

function list() {
  for (const [name, what] of PARTS) process.stdout.write(`${name.padEnd(12)} ${what}\n`);
}

function refuseUnknown(wanted) {
  const names = PARTS.map(([name]) => name);
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new Stop(`no part ${unknown.join(', ')}; there are ${names.join(', ')}`);
}

/** The types that Rust emits are committed: an API change is seen in review. */
function contract(committed) {
  const stale = contractText() !== committed;
  if (stale)
    process.stderr.write(
      '✗ a file in ts/generated was stale; the build has rewritten it: commit it\n',
    );
  return { name: 'contract', passed: stale ? 0 : 1, failed: stale ? 1 : 0, skipped: 0, seconds: 0 };
}

async function runPart([name, what, work]) {
  const start = performance.now();
  let output = '';
  let failed = false;
  try {
    output = (await step(`${name}: ${what}`, work)) ?? '';
  } catch (error) {
    failed = true;
    output = error.output ?? '';
    process.stderr.write(`${error.message}\n`);
  }
  for (const line of skips(output)) process.stderr.write(`  ${line}\n`);
  return { name, ...result(name, output, failed), seconds: (performance.now() - start) / 1000 };
}

/** What a part came to; one that runs no tests is one check. */
function result(name, output, failed) {
  const counts = count(output);
  const some = counts.passed + counts.failed + counts.skipped > 0;
  if (failed) return { ...counts, failed: Math.max(1, counts.failed) };
  if (some) return counts;
  if (!COUNTED.has(name)) return { ...counts, passed: 1 };
  process.stderr.write(`${name}: expected a count of tests in its output, found none\n`);
  return { ...counts, failed: 1 };
}

/** The lines in which cargo, vitest and our own runners count. */
const COUNTS = /^(test result:|\s*Tests {2}|\w+: \d+ passed)/;

/** Sums the runners' own counts; ours stand for those of the runners that they start. */
function count(output) {
  const all = output.split('\n').filter((line) => COUNTS.test(line));
  const own = all.filter((line) => /^\w+: /.test(line));
  const lines = own.length > 0 ? own : all;
  const inLine = (line, word) => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  const sum = (word) => lines.reduce((total, line) => total + inLine(line, word), 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('(?:skipped|ignored)') };
}

function skips(output) {
  return output.split('\n').filter((line) => /^[!-] .*skipped/.test(line));
}

function report(results) {
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  process.stdout.write('\n');
  for (const { name, passed, failed, skipped, seconds } of results) {
    const mark = failed ? '✗' : skipped ? '!' : '✓';
    const rest = `${failed ? `, ${failed} failed` : ''}${skipped ? `, ${skipped} skipped` : ''}`;
    process.stdout.write(
      `${mark} ${name.padEnd(12)} ${String(passed).padStart(4)} passed${rest} (${seconds.toFixed(1)} s)\n`,
    );
  }
  // In CI nothing may be left out.
  const skippedInCi = process.env.CI && total('skipped') > 0;
  if (total('failed') > 0 || skippedInCi) process.exitCode = 1;
  process.stdout.write(
    `\n${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped\n`,
  );
}

await main(test);
