// The catalog in each host: answers over random catalogs equal those of plain loops, and are the same everywhere; a static
// site asks a snapshot of 10,000 models from a Worker.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../../scripts/lib/run.mjs';
import { inChromium, inFirefox } from '../lib/pages.mjs';
import { makeProject } from '../lib/project.mjs';
import { serveFolder } from '../lib/static-server.mjs';
import { bundleWorker, startWorker } from '../lib/worker.mjs';

export default {
  'catalog-node': inNode,
  'catalog-worker': inWorkerd,
  'catalog-chromium': (context) => inPage(context, inChromium),
  'catalog-firefox': (context) => inPage(context, inFirefox),
};

const CHECK = `
import { buildCatalog, openCatalog } from 'hubfit';
import { checkCatalog } from './check-catalog.js';
export const check = () => checkCatalog({ buildCatalog, openCatalog });
`;
const NODE = "import { check } from './check.js'; console.log(JSON.stringify(await check()));";
const WORKER = `
import { check } from './check.js';
export default { fetch: async () => Response.json(await check()) };`;
const PAGE = `
import { check } from './check.js';
import { openCatalog } from 'hubfit/catalog';
globalThis.check = check;
globalThis.open = async () => {
  const catalog = await openCatalog('snapshot', { onProgress: (told) => (globalThis.told ??= told) });
  const first = await catalog.query({ text: 'llama', facets: ['task'], page: { limit: 3 } });
  await catalog.ready;
  const last = await catalog.query({ facets: ['task'], page: { limit: 1 } });
  const ids = [];
  for await (const { id } of catalog.rows()) ids.push(id);
  const wrong = await catalog.query({ facets: ['x'] }).catch(({ code }) => code);
  catalog.close();
  const gone = await catalog.query().catch(({ code }) => code);
  return { first, last, rows: ids.length, told: globalThis.told, worker: catalog.constructor.name, wrong, gone };
};
`;
const SNAPSHOT = `
import { buildCatalog } from 'hubfit';
import { mkdirSync, writeFileSync } from 'node:fs';
import { randomOf, randomRows } from './catalog-rows.js';
const rows = randomRows(randomOf(1), 10000).map((row) => ({ row }));
const { manifest, files } = await buildCatalog(rows);
mkdirSync('dist/snapshot', { recursive: true });
writeFileSync('dist/snapshot/catalog.json', JSON.stringify(manifest));
for (const [name, bytes] of files) writeFileSync('dist/snapshot/' + name, bytes);
console.log(JSON.stringify(manifest));
`;

/** A project with the check that all hosts share. */
async function projectOf({ tarball }, files) {
  const project = await makeProject(tarball, { files: { 'check.js': CHECK, ...files } });
  await build({
    absWorkingDir: join(root, 'tests/hosts'),
    entryPoints: ['check-catalog.ts', 'catalog-rows.ts'],
    outdir: project.folder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
  });
  return project;
}

async function inNode(context) {
  await expected(context);
}

let known;

/** What Node says, which the other hosts must say too. */
async function expected(context) {
  if (known) return known;
  const project = await projectOf(context, { 'node.mjs': NODE });
  known = JSON.parse(await project.node(['node.mjs']));
  assert.equal(known.wrong, undefined);
  assert.equal(known.checked, 280);
  assert.ok(known.texts.length > 1000);
  return known;
}

async function inWorkerd(context) {
  const { folder } = await projectOf(context, { 'worker.js': WORKER });
  const worker = await startWorker(await bundleWorker(folder, 'worker.js'));
  try {
    const answer = await worker.dispatchFetch('http://worker.example/');
    assert.deepEqual(await answer.json(), await expected(context));
  } finally {
    await worker.dispose();
  }
}

async function inPage(context, inBrowser) {
  const project = await projectOf(context, { 'page.js': PAGE, 'snapshot.mjs': SNAPSHOT });
  const manifest = JSON.parse(await project.node(['snapshot.mjs']));
  const output = join(project.folder, 'dist');
  const html =
    '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'index.html'), html);
  await build({
    absWorkingDir: project.folder,
    entryPoints: ['page.js'],
    outdir: 'dist',
    ...{ bundle: true, splitting: true, minify: true, format: 'esm', target: 'es2022' },
  });
  const site = await serveFolder(output);
  try {
    await inBrowser(`${site.url}/`, async (page) => {
      assert.deepEqual(await page.evaluate('check()'), await expected(context));
      assertOpened(await page.evaluate('open()'), manifest);
    });
  } finally {
    await site.stop();
  }
}

function assertOpened({ first, last, rows, told, wrong, gone }, manifest) {
  assert.equal(manifest.rows, 10_000);
  assert.deepEqual([first.rows.length, last.total, last.partial, rows], [3, 10_000, false, 10_000]);
  assert.ok(told.rows >= 2000, 'the first tier');
  assert.deepEqual([wrong, gone], ['invalid_argument', 'aborted']);
}
