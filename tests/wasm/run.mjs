// Runs the Rust tests that are compiled to WebAssembly, in Node and in headless Chromium, against the local Hub.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { findChromedriver } from '../../scripts/lib/browsers.mjs';
import { isMain, main, root, run, Stop, step } from '../../scripts/lib/run.mjs';
import { wasmBindgenBin } from '../../scripts/setup.mjs';

const CARGO = [
  'test',
  '--target',
  'wasm32-unknown-unknown',
  '--features',
  'api,facts,readers,more_readers,repository,gloo',
];
const SUITES = ['wasm_boundary', 'wasm_client'];

/** Runs both suites in both hosts and counts their tests. */
export async function runWasmTests() {
  const runner = wasmBindgenBin('wasm-bindgen-test-runner');
  if (!existsSync(runner)) throw new Stop(`${runner} is missing: npm run setup`);
  const hub = await startHub();
  const env = {
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: runner,
    HUBFIT_HUB_URL: hub.url,
    // Seconds for all tests of a suite, where the runner's own 20 are few on a busy machine.
    WASM_BINDGEN_TEST_TIMEOUT: '120',
  };
  try {
    const node = await suites('Node', env);
    return sum([node, await chromium(env, node)]);
  } finally {
    hub.stop();
  }
}

/** What Node could run, Chromium can; without a driver for it, that many tests are skipped. */
async function chromium(env, node) {
  const driver = findChromedriver();
  const browser = { WASM_BINDGEN_USE_BROWSER: '1', CHROMEDRIVER: driver };
  if (driver) return suites('Chromium', { ...env, ...browser });
  const tests = node.passed + node.failed + node.skipped;
  process.stderr.write(
    `wasm: ${tests} tests in Chromium need chromedriver: install chromium and chromium-driver, or set CHROMEDRIVER\n`,
  );
  return process.env.CI
    ? { passed: 0, failed: tests, skipped: 0 }
    : { passed: 0, failed: 0, skipped: tests };
}

async function suites(host, env) {
  const args = [...CARGO, '--no-fail-fast', ...SUITES.flatMap((suite) => ['--test', suite])];
  const output = await outputOf(() =>
    step(`testing the wasm in ${host}`, () => run('cargo', args, { env })),
  );
  const counts = count(output);
  if (counts.failed > 0) process.stderr.write(`${output.trimEnd()}\n`);
  return counts;
}

/** Failed tests are counted, so that a failed command is no error here. */
async function outputOf(work) {
  try {
    return await work();
  } catch (error) {
    if (error.output === undefined) throw error;
    return error.output;
  }
}

/** A suite that gave no result, because it did not compile or never ended, counts as one failed test. */
function count(output) {
  const results = [
    ...output.matchAll(/^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm),
  ];
  const counts = results.map(([, passed, failed, skipped]) => ({
    passed: Number(passed),
    failed: Number(failed),
    skipped: Number(skipped),
  }));
  const silent = Math.max(0, SUITES.length - results.length);
  return sum([...counts, { passed: 0, failed: silent, skipped: 0 }]);
}

function sum(counts) {
  const total = (key) => counts.reduce((sum, each) => sum + each[key], 0);
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') };
}

/** The local Hub, in a process of its own: the tests' URL is fixed when they are compiled. */
function startHub() {
  const hub = spawn(process.execPath, ['--import', 'tsx', 'tests/hub/serve.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    hub.on('error', reject);
    hub.on('exit', (code) => reject(new Stop(`the local Hub ended with ${code}`)));
    createInterface(hub.stdout).once('line', (line) => {
      resolve({ url: JSON.parse(line).url, stop: () => hub.kill() });
    });
  });
}

async function report() {
  const { passed, failed, skipped } = await runWasmTests();
  console.log(`wasm: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (failed > 0) process.exitCode = 1;
}

if (isMain(import.meta.url)) await main(report);
