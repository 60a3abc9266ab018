// Next.js with Turbopack: built pages, pages rendered on request, a client component, a static export.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expectedCounts } from '../lib/expected.mjs';
import { filesOf } from '../lib/package.mjs';
import { inChromium, shows } from '../lib/pages.mjs';
import { startServer } from '../lib/processes.mjs';
import { makeProject } from '../lib/project.mjs';
import { serveFolder } from '../lib/static-server.mjs';

const NEXT = '../node_modules/next/dist/bin/next';

export default { 'next-server': server, 'next-export': staticExport };

async function server(context) {
  const hub = await context.hub();
  const { folder, env, expected } = await buildSite(context);
  const options = { cwd: folder, env };
  const site = await startServer(
    [NEXT, 'start', '--port', '0'],
    /http:\/\/localhost:(\d+)/,
    options,
  );
  try {
    const url = `http://127.0.0.1:${site.match[1]}`;
    await assertRendered(url, expected);
    await assertKept(url, hub);
    await inChromium(`${url}/`, (page) => useFilter(page, expected));
  } finally {
    await site.stop();
  }
}

async function staticExport(context) {
  const { folder, expected } = await buildSite(context, { NEXT_OUTPUT: 'export' });
  const output = join(folder, 'out');
  const pages = filesOf(join(output, 'models')).filter((name) => name.endsWith('.html'));
  assert.equal(pages.length, 3, `model pages: ${pages.join(', ')}`);
  assert.match(readFileSync(join(output, 'models', pages[0]), 'utf8'), /id="verdict">compatible, /);
  const site = await serveFolder(output);
  try {
    await inChromium(`${site.url}/`, (page) => useFilter(page, expected));
  } finally {
    await site.stop();
  }
}

/** Builds with the local Hub; neither server nor browser may get the wasm as a file besides. */
async function buildSite({ tarball, hub }, more = {}) {
  const { url } = await hub();
  const env = { HUB_URL: url, ...more };
  const from = 'tests/packaging/projects/next';
  const project = await makeProject(tarball, { from, tools: 'next' });
  await project.node([NEXT, 'build'], { env });
  const built = filesOf(join(project.folder, '.next'));
  const wasm = built.filter((name) => name.endsWith('.wasm') && !name.startsWith('cache/'));
  assert.deepEqual(wasm, [], 'wasm files in the build');
  return { folder: project.folder, env, expected: await expectedCounts(project, url) };
}

/** Model pages built ahead and on request, and a route that answers each request. */
async function assertRendered(url, { hub, hubQwen }) {
  for (const id of [hub[0], hub.at(-1)]) {
    const page = await (await fetch(`${url}/models/${id.replace('/', '--')}`)).text();
    assert.match(page, new RegExp(`<h1>${id}</h1><p id="verdict">`));
  }
  const found = await (await fetch(`${url}/api/search?q=qwen`)).json();
  assert.equal(found.length, hubQwen, 'models found by the route');
  const refused = await fetch(`${url}/api/search?limit=0`);
  assert.deepEqual([refused.status, await refused.json()], [400, { code: 'invalid_argument' }]);
}

/** Next's own fetch keeps what the Hub answered: a page that is made anew asks nothing, and so does the same question. */
async function assertKept(url, hub) {
  await hub.forget();
  const page = async () => (await fetch(`${url}/kept`)).text();
  const told = (text, id) => new RegExp(`<p id="${id}">([^<]+)</p>`).exec(text)?.[1];
  const first = await page();
  assert.equal(told(first, 'kept').split(' ').length, 5);
  const made = told(first, 'made');
  let now = made;
  // Answered from before, it is made anew behind the scenes.
  for (let tries = 0; tries < 40 && now === made; tries += 1) {
    await setTimeout(500);
    const text = await page();
    assert.equal(told(text, 'kept'), told(first, 'kept'));
    assert.equal(told(text, 'files'), told(first, 'files'));
    now = told(text, 'made');
  }
  assert.notEqual(now, made, 'the page was never made anew');
  assert.deepEqual(await hub.requests(), [], 'requests of a page whose answers are kept');
  const ask = async (word) => (await fetch(`${url}/api/kept?q=${word}`)).json();
  const [once, again] = [await ask('qwen'), await ask('qwen')];
  assert.ok(once.length > 0);
  assert.deepEqual(again, once);
  assert.equal((await hub.requests()).length, 1, 'requests for the same question, twice');
  await ask('llama');
  assert.equal((await hub.requests()).length, 2, 'requests for another question');
}

async function useFilter(page, { hub, total, compatible, qwen }) {
  await shows(page, '#listed', String(hub.length));
  await shows(page, '#count', String(compatible));
  await hydrated(page, total);
  await page.click('#only');
  await page.type('#query', 'qwen');
  await shows(page, '#count', String(qwen));
}

/** Clicks until React listens; then the page shows all models. */
async function hydrated(page, total) {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('#only') ?? {}).some((key) => key.startsWith('__react')),
  );
  await page.click('#only');
  await shows(page, '#count', String(total));
}
