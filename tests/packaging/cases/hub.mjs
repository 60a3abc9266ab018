// The Hub client where it is hardest: across origins in a browser, and in a Worker, each from the packed package.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launchChromium, shows } from '../lib/pages.mjs';
import { makeProject } from '../lib/project.mjs';
import { serveFolder } from '../lib/static-server.mjs';
import { bundleWorker, startWorker } from '../lib/worker.mjs';

export default { 'hub-chromium': chromium, 'hub-worker': worker };

/** Lists over two pages, reads a header by range from the second origin, and keeps what it got. */
const WORK = `
import { getHuggingFaceModel, HubfitError, inspectFile, listCompatibleModels } from 'hubfit';
import { webCache } from 'hubfit/cache';

export async function work(hubUrl) {
  const told = [];
  let requests = 0;
  const onTraffic = (traffic) => { requests += traffic.requests; };
  const models = await listCompatibleModels({ hubUrl, onTraffic, limit: 1000 });
  told.push(models.length > 50, requests);
  const facts = await inspectFile(hubUrl + '/test/headers/resolve/main/model.safetensors');
  told.push(facts.format);
  const how = { hubUrl, onTraffic, cache: webCache(), maxAge: 60 };
  requests = 0;
  const [first, again] = [await getHuggingFaceModel('test/headers', how), await getHuggingFaceModel('test/headers', how)];
  told.push(requests, JSON.stringify(first) === JSON.stringify(again));
  const lost = await getHuggingFaceModel('no/such', { hubUrl }).catch((error) => error);
  told.push(lost instanceof HubfitError && lost.code);
  return told.join(' ');
}`;
const SAID = 'true 2 safetensors 1 true repo_not_found';

const PAGE = `
import { work } from './work.js';
const said = await work(new URLSearchParams(location.search).get('hub')).catch(String);
document.body.insertAdjacentHTML('beforeend', '<output id="output"></output>');
document.getElementById('output').textContent = said;`;

const HTML = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<body><script type="module" src="page.js"></script></body>`;

async function chromium({ tarball, hub }) {
  const { url, fault, heal } = await hub();
  const files = { 'work.js': WORK, 'page.js': PAGE, 'dist/index.html': HTML };
  const { folder } = await makeProject(tarball, { files });
  const options = { outdir: 'dist', bundle: true, format: 'esm', logLevel: 'silent' };
  await build({ absWorkingDir: folder, entryPoints: ['page.js'], ...options });
  const site = await serveFolder(join(folder, 'dist'));
  try {
    await says(`${site.url}/?hub=${encodeURIComponent(url)}`, SAID);
    // How long to wait a browser cannot read: it waits of its own accord, and one request more is sent.
    await fault({ name: 'rate-limit-json', route: 'list' });
    await says(`${site.url}/?hub=${encodeURIComponent(url)}`, SAID.replace('true 2', 'true 3'));
  } finally {
    await heal();
    await site.stop();
  }
}

/** A browser reports each refusal as an error of the page: here they are meant. */
async function says(url, text) {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await shows(page, 'output', text, 60_000);
  } finally {
    await browser.close();
  }
}

async function worker({ tarball, hub }) {
  const { url } = await hub();
  const entry = `
import { work } from './work.js';
export default { fetch: async () => new Response(await work('${url}').catch(String)) };`;
  const { folder } = await makeProject(tarball, { files: { 'work.js': WORK, 'worker.js': entry } });
  const running = await startWorker(await bundleWorker(folder, 'worker.js'));
  try {
    const answer = await running.dispatchFetch('http://worker.example/');
    assert.equal(await answer.text(), SAID);
  } finally {
    await running.dispose();
  }
}
