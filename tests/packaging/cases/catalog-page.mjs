// The catalog example: its snapshot and page are built from the tarball, served as a static site under a strict policy, and
// used as a visitor would; what it shows is what Node finds in the same snapshot.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/run.mjs';
import { readJson } from '../lib/package.mjs';
import { inChromium, shows } from '../lib/pages.mjs';
import { makeProject } from '../lib/project.mjs';
import { serveFolder } from '../lib/static-server.mjs';

export default { 'catalog-page-chromium': run };

/** Bytes that the page may take until its first answer, as they are on the disk; its README tells what they are. */
const MOST_BYTES = 280_000;

const POLICY =
  "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; worker-src blob:";

/** The same models in two tiers, so that one can see what is there before the second. */
const TWO_TIERS = `
import { buildCatalog, openCatalog } from 'hubfit';
import { writeFileSync } from 'node:fs';
const catalog = await openCatalog('dist/catalog', { thread: 'same' });
const rows = [...catalog.rows()].map((row) => ({ row }));
const { manifest, files } = await buildCatalog(rows, { tiers: [100] });
for (const [name, bytes] of files) writeFileSync('dist/catalog/' + name, bytes);
writeFileSync('dist/catalog/catalog.json', JSON.stringify(manifest));
`;

async function run({ tarball }) {
  const project = await makeProject(tarball, { from: 'examples/catalog', tools: 'vite' });
  const output = await buildPage(project);
  const site = await serveFolder(output, { 'content-security-policy': POLICY });
  try {
    await inChromium(`${site.url}/`, (page) => usePage(page, asker(project)));
    await inChromium(`${site.url}/`, assertLight);
    await inChromium(`${site.url}/?parameters.max=x`, assertKind);
    await project.node(['--input-type=module', '--eval', TWO_TIERS]);
    await inChromium(`${site.url}/`, assertPartial);
  } finally {
    await site.stop();
  }
}

/** The snapshot by the example's own script, types, then the bundle. */
async function buildPage({ folder, node }) {
  const { scripts } = readJson(join(root, 'examples/catalog/package.json'));
  const [command, ...args] = scripts.snapshot.split(' ');
  assert.equal(command, 'hubfit');
  await node(['node_modules/hubfit/dist/cli.js', ...args]);
  await node(['../node_modules/typescript/bin/tsc']);
  await node(['../node_modules/vite/bin/vite.js', 'build']);
  return join(folder, 'dist');
}

/** Asks the same snapshot in Node what a link stands for: the models that pass, and their counts by facet. */
function asker({ node }) {
  return async (search, fields) => {
    const script = `
import { decodeCatalogQuery, openCatalog } from 'hubfit';
const catalog = await openCatalog('dist/catalog', { thread: 'same' });
const query = decodeCatalogQuery(${JSON.stringify(search)});
const { total, facets } = catalog.query({ ...query, facets: ${JSON.stringify(fields)} });
const counts = facets.map(({ values }) => Object.fromEntries(values.map((one) => [one.name, one.count])));
console.log(JSON.stringify({ total, counts }));`;
    return JSON.parse(await node(['--input-type=module', '--eval', script]));
  };
}

async function usePage(page, ask) {
  await shows(page, '#status', '327 of 327 models');
  await typeAndTick(page, ask);
  await dragMemory(page, ask);
  await reloadAndBack(page);
  await takeSuggestion(page);
  await readMore(page);
  await assertMeant(page);
}

async function typeAndTick(page, ask) {
  await page.locator('#search').pressSequentially('qwen', { delay: 20 });
  await page.waitForSelector('.suggestion');
  await page.keyboard.press('Escape');
  await page.check('input[value="text-generation"]');
  const { total, counts } = await asked(page, ask);
  await shows(page, '#status', `${total} of 327 models`);
  assert.ok(total > 0 && total < 327);
  const [, task] = counts;
  // What is not ticked keeps its count.
  assert.ok(task['image-text-to-text'] > 0);
  await showsCount(page, 'image-text-to-text', task['image-text-to-text']);
  assert.ok((await page.locator('#models mark').count()) > 0, 'marked words');
}

/** The counts move while the slider is still held. */
async function dragMemory(page, ask) {
  const before = await countOf(page, 'full');
  const { x, y, width, height } = await page.locator('#gpu').boundingBox();
  const at = async (share) => page.mouse.move(x + width * share, y + height / 2, { steps: 8 });
  const place = await page.$eval('#gpu', (input) => input.valueAsNumber / 200);
  await at(place);
  await page.mouse.down();
  await at(0.8);
  await page.waitForFunction(
    (least) => Number(document.querySelector('[value=full] ~ .count').textContent) > least,
    before,
  );
  await page.mouse.up();
  const { counts } = await asked(page, ask);
  const [fit] = counts;
  for (const [name, count] of Object.entries(fit)) await showsCount(page, name, count);
  assert.equal(await page.inputValue('#machine'), '', 'no machine of the list');
}

async function reloadAndBack(page) {
  const [link, seen] = [page.url(), await seenOn(page)];
  assert.match(link, /\?q=qwen&task=text-generation&fit\.gpu=\d+&fit\.ram=\d+&fit\.context=8192$/);
  await page.reload();
  await page.waitForSelector('#models li');
  assert.deepEqual(await seenOn(page), seen);
  // The drag, the tick and the word are a step each.
  for (const end of [/^\?q=qwen&task=text-generation/, /^\?q=qwen&fit/, /^$/]) {
    await page.goBack();
    assert.match(new URL(page.url()).search, end);
  }
  await shows(page, '#status', '327 of 327 models');
  assert.equal(await page.inputValue('#search'), '');
  assert.equal(await page.isChecked('input[value="text-generation"]'), false);
}

async function takeSuggestion(page) {
  await page.locator('#search').pressSequentially('qwe', { delay: 20 });
  await page.waitForSelector('.suggestion');
  await page.keyboard.press('ArrowDown');
  const words = await page.textContent('.suggestion[aria-selected=true] span');
  await page.keyboard.press('Enter');
  assert.equal(words, 'qwen');
  await page.waitForSelector('.chip');
  assert.equal(await page.isChecked('[data-field=family] input[value=qwen]'), true);
  assert.equal(await page.locator('#suggestions').isVisible(), false);
  await page.click('text=Clear all');
}

async function readMore(page) {
  await shows(page, '#status', '327 of 327 models');
  await page.click('#more');
  await page.waitForFunction(() => document.querySelectorAll('#models li').length === 40);
  const ids = await page.$$eval('#models h2', (all) => all.map(({ textContent }) => textContent));
  assert.equal(new Set(ids).size, 40);
  await page.check('#group');
  await page.waitForSelector('.family');
}

async function assertMeant(page) {
  await page.fill('#search', 'qwen gemmma');
  await page.click('#meant button');
  await page.waitForFunction(() => document.querySelector('#search').value === 'qwen gemma');
}

/** What the page takes until its first answer; and that it is as wide as a small phone. */
async function assertLight(page) {
  await page.waitForSelector('#models li');
  await page.setViewportSize({ width: 360, height: 740 });
  const sizes = [];
  const scripts = [];
  page.on('response', (response) => {
    // The worker's script is made on the page.
    if (response.url().startsWith('blob:')) return;
    scripts.push(response.url());
    sizes.push(response.body().then(({ length }) => length));
  });
  await page.reload();
  await page.waitForSelector('#models li');
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  assert.ok(bytes > 150_000 && bytes < MOST_BYTES, `${bytes} bytes until the first answer`);
  await page.click('summary');
  assert.ok(await page.locator('#machine').isVisible());
  assert.ok((await page.evaluate('document.documentElement.scrollWidth')) <= 360, 'too wide');
  const searching = () => scripts.filter((url) => url.includes('catalog-search'));
  assert.deepEqual(searching(), [], 'whoever only filters does without what searches');
  await page.fill('#search', 'qwen');
  await page.waitForSelector('#models mark');
  assert.equal(searching().length, 1);
}

/** A link that is wrong says so, and shows what there is. */
async function assertKind(page) {
  await shows(page, '#status', '327 of 327 models');
  assert.match(await page.textContent('#notice'), /parameters\.max: expected a number, found "x"/);
}

async function assertPartial(page) {
  await shows(page, '#status', '327 of 327 models');
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(/tier-1-/, async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await shows(page, '#status', '100 of 100 models so far');
  assert.ok(await page.locator('#progress').isVisible());
  release();
  await shows(page, '#status', '327 of 327 models');
  assert.equal(await page.locator('#progress').isVisible(), false);
}

/** What Node finds for the page's link, once it is written. */
async function asked(page, ask) {
  // Timers of a page end in their order: what it writes after a pause is written.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)));
  return ask(new URL(page.url()).search, ['fit', 'task']);
}

async function countOf(page, name) {
  return Number(await page.textContent(countBeside(name)));
}

async function showsCount(page, name, count) {
  await shows(page, countBeside(name), String(count));
}

function countBeside(name) {
  return `[value="${name}"] ~ .count`;
}

async function seenOn(page) {
  return page.evaluate(() => ({
    models: document.querySelector('#results').textContent,
    filters: document.querySelector('#filters').textContent,
    values: [...document.querySelectorAll('input, select')].map((one) => one.checked || one.value),
  }));
}
