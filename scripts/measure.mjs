// Measures what hubfit costs on each host, from the tarball as npm would publish it.
//   node scripts/measure.mjs [--write]     --write puts the table into README.md
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from '../tests/packaging/lib/package.mjs';
import { launchChromium } from '../tests/packaging/lib/pages.mjs';
import { makeProject, temporaryFolder } from '../tests/packaging/lib/project.mjs';
import { scriptSize, wasmSize } from '../tests/packaging/lib/sizes.mjs';
import { serveFolder } from '../tests/packaging/lib/static-server.mjs';
import { bundleWorker, startWorker } from '../tests/packaging/lib/worker.mjs';
import { build } from './build.mjs';
import { main, root, Stop, step } from './lib/run.mjs';

/** Fresh processes or pages for each host. */
const RUNS = 7;

const MODEL = JSON.stringify({
  id: 'acme/tiny-7B',
  tags: ['safetensors', 'llama'],
  config: { model_type: 'llama' },
  siblings: [{ rfilename: 'model.safetensors' }],
});

const byImport = `
const start = performance.now();
const { checkModelCompatibility } = await import('hubfit');
checkModelCompatibility(${MODEL});
console.log(performance.now() - start);`;

const byRequire = `
const { createRequire } = await import('node:module');
const require = createRequire(process.cwd() + '/');
const start = performance.now();
const { checkModelCompatibility } = require('hubfit');
checkModelCompatibility(${MODEL});
console.log(performance.now() - start);`;

const byNode = byImport.replace("'hubfit'", "'hubfit/node'");

const bySlim = `
const { readFileSync } = await import('node:fs');
const start = performance.now();
const { checkModelCompatibility, initHubfit } = await import('hubfit/slim');
initHubfit(readFileSync(new URL(import.meta.resolve('hubfit/hubfit.wasm'))));
checkModelCompatibility(${MODEL});
console.log(performance.now() - start);`;

/** The package is a chunk of its own, so that the page can time how long it takes to come and start. */
const PAGE = `
const start = performance.now();
const { checkModelCompatibility } = await import('hubfit');
checkModelCompatibility(${MODEL});
document.title = String(performance.now() - start);`;

const HTML = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<script type="module" src="/main.js"></script>`;

const WORKER = `
import { checkModelCompatibility } from 'hubfit';
export default { fetch: () => Response.json(checkModelCompatibility(${MODEL})) };`;

const HOSTS = [
  { host: 'Node, `import`', entry: 'hubfit', file: 'index.js', time: inNode(byImport) },
  { host: 'Node, `require`', entry: 'hubfit', file: 'index.cjs', time: inNode(byRequire) },
  { host: 'Node, file', entry: 'hubfit/node', file: 'node.js', time: inNode(byNode) },
  { host: 'Node, slim', entry: 'hubfit/slim', file: 'slim.js', time: inNode(bySlim) },
  { host: 'Chromium, Vite', entry: 'hubfit', file: 'index.js', time: inChromium },
  { host: 'workerd', entry: 'hubfit', file: 'workerd.js', time: inWorkerd },
];

function inNode(script) {
  return async (tarball) => {
    const { node } = await makeProject(tarball);
    return median(async () => Number(await node(['--input-type=module', '--eval', script])));
  };
}

async function inChromium(tarball) {
  const files = { 'index.html': HTML, 'main.js': PAGE };
  const project = await makeProject(tarball, { from: 'examples/vite', tools: 'vite', files });
  await project.node(['../node_modules/vite/bin/vite.js', 'build']);
  const site = await serveFolder(join(project.folder, 'dist'));
  const browser = await launchChromium();
  try {
    return await median(() => freshPage(browser, site.url));
  } finally {
    await browser.close();
    await site.stop();
  }
}

/** A context of its own has no cache. */
async function freshPage(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => document.title !== '');
  const milliseconds = Number(await page.title());
  await context.close();
  return milliseconds;
}

/** A clock in workerd stands still while code runs: the first answer is compared with the next, from outside. */
async function inWorkerd(tarball) {
  const { folder } = await makeProject(tarball, { files: { 'worker.js': WORKER } });
  const outdir = await bundleWorker(folder, 'worker.js');
  return median(async () => {
    const worker = await startWorker(outdir);
    const first = await answered(worker);
    const next = await answered(worker);
    await worker.dispose();
    return first - next;
  });
}

async function answered(worker) {
  const start = performance.now();
  await (await worker.dispatchFetch('http://worker.example/')).json();
  return performance.now() - start;
}

async function median(measure) {
  const found = [];
  for (let run = 0; run < RUNS; run += 1) found.push(await measure());
  return found.sort((a, b) => a - b)[Math.floor(RUNS / 2)];
}

async function table(tarball) {
  const { installed } = await makeProject(tarball);
  const wasm = Object.values(wasmSize(installed)).map(kilobytes).join(' / ');
  const lines = [
    '| host | entry | wasm kB: raw / gzip / brotli | JS kB, brotli | first call, ms |',
    '| --- | --- | --: | --: | --: |',
  ];
  for (const { host, entry, file, time } of HOSTS) {
    const script = kilobytes(await scriptSize(installed, file));
    const first = await step(`measuring ${host}`, () => time(tarball));
    lines.push(`| ${host} | \`${entry}\` | ${wasm} | ${script} | ${first.toFixed(0)} |`);
  }
  return lines.join('\n');
}

function kilobytes(bytes) {
  return (bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0);
}

/** Replaces what stands between the two marks. */
function write(text) {
  const file = join(root, 'README.md');
  const marks = /(<!-- measure:start -->\n)[\s\S]*?(<!-- measure:end -->)/;
  const readme = readFileSync(file, 'utf8');
  if (!marks.test(readme)) throw new Stop('README.md has no measure:start and measure:end');
  writeFileSync(
    file,
    readme.replace(marks, (_, start, end) => `${start}\n${text}\n\n${end}`),
  );
}

async function measure() {
  await build();
  const text = await table(await pack(temporaryFolder()));
  console.log(text);
  if (process.argv.includes('--write')) write(text);
}

await main(measure);
