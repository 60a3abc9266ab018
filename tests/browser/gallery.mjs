// The built gallery in a real browser: what is shown must be what the package says in Node.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/lib/browsers.mjs';
import { isMain, main, root } from '../../scripts/lib/run.mjs';
import { serveSite } from '../../scripts/lib/serve-site.mjs';

const MODEL = 'Qwen/Qwen3-VL-2B-Instruct';
const MODEL_PAGE = `/models/${MODEL.replace('/', '--')}/`;

/** Runs all checks against a served gallery. */
export async function testGallery({ url, executablePath }) {
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const run = { browser, url, node: await expectations(), passed: 0, failed: 0, skipped: 0 };
  try {
    for (const part of PARTS) await attempt(run, part);
  } finally {
    await browser.close();
  }
  const { passed, failed, skipped } = run;
  process.stdout.write(`gallery: ${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return { passed, failed, skipped };
}

const PARTS = [
  verdicts,
  keyboardSearch,
  filters,
  worker,
  details,
  modelPage,
  sharedLink,
  narrow,
  withoutScript,
  missing,
];

/** What Node says of the same sample. */
async function expectations() {
  const hubfit = await import('hubfit');
  const sample = JSON.parse(await readFile(join(root, 'dist/sample.json'), 'utf8'));
  const compatible = (profile, models = sample) =>
    hubfit.filterCompatibleModels(models, profile && { worker: profile });
  const metadata = sample.map((model) => hubfit.extractModelMetadata(model));
  return { hubfit, sample, metadata, compatible };
}

async function attempt(run, part) {
  const page = await open(run);
  try {
    await part(run, page);
    equal(run, `${part.name}: no errors in the console`, page.problems, []);
  } catch (error) {
    run.failed += 1;
    process.stdout.write(`✗ ${part.name}: ${error.message}\n`);
  } finally {
    await page.context().close();
  }
}

async function open(run, options = {}) {
  const context = await run.browser.newContext({ baseURL: run.url, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.problems = [];
  page.on('console', (message) => message.type() === 'error' && page.problems.push(message.text()));
  page.on('pageerror', (error) => page.problems.push(error.message));
  return page;
}

function equal(run, what, actual, expected) {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found === wanted) {
    run.passed += 1;
    process.stdout.write(`✓ ${what}\n`);
  } else {
    run.failed += 1;
    process.stdout.write(`✗ ${what}: expected ${wanted}, found ${found}\n`);
  }
}

function holds(run, what, condition) {
  equal(run, what, Boolean(condition), true);
}

/** Opens a page and waits until it is alive. */
async function visit(page, path) {
  await page.goto(path);
  await page.waitForFunction(() => {
    const input = document.querySelector('#search');
    return input === null || Object.keys(input).some((key) => key.startsWith('__reactProps'));
  });
}

const summary = (page) => page.getByTestId('compatible').textContent();
const shownIds = (page) =>
  page
    .locator('.row h3 a')
    .evaluateAll((links) => links.map((link) => new URL(link.href).pathname.slice(1)));

/** Reads until it is what is wanted, for five seconds at most; says what was read last. */
async function until(wanted, read) {
  const end = performance.now() + 5_000;
  for (;;) {
    const found = await read();
    if (JSON.stringify(found) === JSON.stringify(wanted) || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const summaryBecomes = (page, line) => until(line, () => summary(page));
const rowsBecome = (page, count) => until(count, () => page.locator('.row').count());

async function verdicts(run, page) {
  const { sample, compatible } = run.node;
  await visit(page, '/');
  equal(run, 'the title', await page.title(), 'Model gallery');
  const count = compatible().length;
  const line = `${count} of ${sample.length}`;
  equal(run, `the count is filterCompatibleModels in Node: ${line}`, await summary(page), line);
  await page.getByRole('radio', { name: /^Compatible/ }).check();
  equal(run, 'the compatible ones are as many', await rowsBecome(page, count), count);
  const wanted = compatible().map(({ id }) => id);
  equal(run, 'and the same ones', (await shownIds(page)).sort(), wanted.sort());
  await page.getByRole('radio', { name: /^Not compatible/ }).check();
  const rest = sample.length - count;
  equal(run, 'the others are the rest', await rowsBecome(page, rest), rest);
  const reason = page.getByRole('button', { name: /^context too long/ });
  const told = Number((await reason.textContent()).replace(/\D/g, ''));
  await reason.click();
  equal(run, `a reason filters as many as it counts: ${told}`, await rowsBecome(page, told), told);
}

async function keyboardSearch(run, page) {
  const { sample, compatible } = run.node;
  await visit(page, '/');
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => document.activeElement?.textContent);
  equal(run, 'the first stop of Tab is the skip link', first, 'Skip to the content');
  await page.keyboard.press('Enter');
  const main = await page.evaluate(() => document.activeElement?.id);
  equal(run, 'it leads to the content', main, 'main');
  holds(run, 'Tab reaches the search', await tabTo(page, '#search'));
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  equal(run, 'the focus is seen', ring, 'solid');
  await page.keyboard.type('qwen 7B', { delay: 20 });
  const found = sample.filter(({ id }) => /qwen/i.test(id) && /7b/i.test(id));
  equal(run, 'typing searches', await rowsBecome(page, found.length), found.length);
  const line = `${compatible(undefined, found).length} of ${found.length}`;
  equal(run, 'the summary follows', await summaryBecomes(page, line), line);
  await page.waitForURL((url) => url.searchParams.get('q') === 'qwen 7B');
  holds(run, 'the URL holds the search', true);
  await page.goBack();
  const all = await rowsBecome(page, sample.length);
  equal(run, 'the back button undoes the whole search', all, sample.length);
  equal(run, 'and empties the box', await page.locator('#search').inputValue(), '');
}

async function tabTo(page, selector) {
  for (let stops = 0; stops < 30; stops += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return true;
  }
  return false;
}

async function filters(run, page) {
  const { metadata } = run.node;
  await visit(page, '/');
  const facet = (label) => page.getByRole('group', { name: label, exact: true });
  await facet('Family')
    .getByRole('checkbox', { name: /^llama/ })
    .check();
  const llama = metadata.filter(({ architecture }) => architecture === 'llama');
  equal(run, 'a family', await rowsBecome(page, llama.length), llama.length);
  await facet('Format').getByRole('checkbox', { name: /^gguf/ }).check();
  const gguf = llama.filter(({ formats }) => formats.includes('gguf'));
  equal(run, 'and a format', await rowsBecome(page, gguf.length), gguf.length);
  await page.getByLabel('Parameters at most').selectOption('4');
  const small = gguf.filter(
    ({ parameterCount }) => parameterCount !== null && parameterCount <= 4e9,
  );
  equal(run, 'and a size', await rowsBecome(page, small.length), small.length);
  await page.getByLabel('Sort by').selectOption('name');
  await page.waitForURL(/sort=name/);
  const ids = small.map(({ id }) => id.toLowerCase()).sort();
  const lowerIds = async () => (await shownIds(page)).map((id) => id.toLowerCase());
  equal(run, 'sorted by name', await until(ids, lowerIds), ids);
  for (let step = 0; step < 2; step += 1) await page.goBack();
  equal(run, 'back takes one step each', await rowsBecome(page, gguf.length), gguf.length);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  const all = metadata.length;
  equal(run, 'Clear shows all', await rowsBecome(page, all), all);
}

async function worker(run, page) {
  const { hubfit, sample, compatible } = run.node;
  const line = (profile) => `${compatible(profile).length} of ${sample.length}`;
  const reference = hubfit.referenceWorker();
  await visit(page, '/');
  const capped = line({ ...reference, contextPolicy: 'cap' });
  await page.getByRole('button', { name: /long contexts capped/ }).click();
  equal(run, `capped contexts: ${capped}`, await summaryBecomes(page, capped), capped);
  await page.getByRole('button', { name: 'No limits' }).click();
  equal(run, `no limits: ${line({})}`, await summaryBecomes(page, line({})), line({}));
  await page.getByRole('button', { name: 'Reference worker' }).click();
  await page.getByText('Edit the limits').click();
  const form = page.locator('.worker-form');
  await form.getByRole('checkbox', { name: 'gguf' }).uncheck();
  await form.getByRole('checkbox', { name: 'bert', exact: true }).check();
  await form.getByLabel(/Most tokens/).fill('8192');
  const architectures = [...(reference.architectures ?? []), 'bert'];
  const mine = { architectures, formats: ['safetensors'], maxContextLength: 8192 };
  equal(run, `own limits: ${line(mine)}`, await summaryBecomes(page, line(mine)), line(mine));
  await page.waitForURL(/ctx=8192/);
  await visit(page, page.url());
  equal(run, 'kept over a reload', await summaryBecomes(page, line(mine)), line(mine));
  const tokens = page.locator('#context');
  await page.getByText('Edit the limits').click();
  await tokens.fill('');
  const open = { architectures, formats: ['safetensors'] };
  equal(run, `an empty limit: ${line(open)}`, await summaryBecomes(page, line(open)), line(open));
}

async function details(run, page) {
  const { hubfit, sample } = run.node;
  const item = sample.find(({ id }) => id === MODEL);
  await visit(page, `/?q=${MODEL}`);
  await rowsBecome(page, 1);
  const row = page.locator('.row');
  await row.locator('summary').focus();
  await page.keyboard.press('Enter');
  await row.locator('.evidence').waitFor();
  holds(run, 'details open by the keyboard', true);
  const [reason] = hubfit.checkModelCompatibility(item).reasons;
  const told = (await row.locator('.verdict-notes').textContent()).toLowerCase();
  holds(run, 'they hold the reason', told.includes(reason.toLowerCase()));
  const line = row.locator('.evidence tr', { hasText: 'Size of all files' });
  const size = await line.locator('td').first().textContent();
  equal(run, 'a size that is not known is unknown', size, 'unknown');
  const source = hubfit.extractModelMetadata(item).evidence.maxContextLength.source;
  const context = await row.locator('.evidence tr', { hasText: 'Context' }).textContent();
  holds(run, 'a field has its source', context.includes(source));
}

async function modelPage(run, page) {
  await visit(page, '/?fit=no&sort=likes&q=a&policy=cap');
  await page.waitForFunction(() => !('restoring' in document.documentElement.dataset));
  const before = await summary(page);
  const link = page
    .locator('.row')
    .nth(12)
    .getByRole('link', { name: /^Full verdict/ });
  const id = (await shownIds(page))[12];
  await link.scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => scrollY);
  await link.click();
  await page.getByRole('heading', { level: 1, name: id }).waitFor();
  equal(run, 'the link leads to the model', await page.title(), `${id} · Model gallery`);
  holds(run, 'and takes the worker along', page.url().endsWith('?policy=cap'));
  await page.goBack();
  await page.locator('.results').waitFor();
  holds(run, 'back has the same URL', page.url().endsWith('?fit=no&sort=likes&q=a&policy=cap'));
  equal(run, 'the same summary', await summaryBecomes(page, before), before);
  equal(run, 'the same search', await page.locator('#search').inputValue(), 'a');
  await page.waitForFunction((y) => Math.abs(scrollY - y) < 400, scrolled).catch(() => undefined);
  const drift = Math.abs((await page.evaluate(() => scrollY)) - scrolled);
  holds(run, 'the same place on the page', drift < 400);
  await page.goForward();
  await page.getByRole('link', { name: '← All models' }).click();
  await page.locator('.results').waitFor();
  equal(run, 'the link back keeps it too', await summaryBecomes(page, before), before);
  const broken = await page.evaluate(async () => {
    const links = [...document.querySelectorAll('.row .to-page')].map((link) => link.href);
    const answers = await Promise.all(links.map((link) => fetch(link, { method: 'HEAD' })));
    return answers.filter(({ ok, redirected }) => !ok || redirected).map(({ url }) => url);
  });
  equal(run, 'every link leads to a page', broken, []);
  await verdictOfPage(run, page, '', undefined);
  const { hubfit } = run.node;
  const capped = { ...hubfit.referenceWorker(), contextPolicy: 'cap' };
  await verdictOfPage(run, page, '?policy=cap', capped);
}

async function verdictOfPage(run, page, query, profile) {
  const { hubfit, sample } = run.node;
  const item = sample.find(({ id }) => id === MODEL);
  const { findings } = hubfit.checkModelCompatibility(item, profile && { worker: profile });
  await page.goto(MODEL_PAGE + query);
  const code = findings.at(-1).code.replaceAll('_', ' ');
  const table = page.locator('.verdict .evidence');
  await table.getByText(new RegExp(`^${code}$`, 'i')).waitFor();
  const found = await table.locator('tbody tr').count();
  equal(run, `a model page has every finding${query && ` with ${query}`}`, found, findings.length);
}

async function sharedLink(run, page) {
  await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
  for (const path of ['/', '/?q=llama&fit=yes&family=llama', MODEL_PAGE]) {
    await visit(page, path);
    await page.waitForFunction(() => !('restoring' in document.documentElement.dataset));
    await page.waitForTimeout(300);
    const shifted = await page.evaluate(() => window.shifted);
    holds(run, `nothing moves while ${path} loads (${shifted.toFixed(4)})`, shifted < 0.01);
  }
  await visit(page, '/');
  const longest = await typingTime(page);
  holds(run, `typing waits for nothing (longest ${longest.toFixed(0)} ms)`, longest < 1000);
}

/** The longest time from a letter to the next frame. */
async function typingTime(page) {
  await page.locator('#search').focus();
  let longest = 0;
  for (const letter of 'llama 3 instruct') {
    const before = performance.now();
    await page.keyboard.type(letter);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    longest = Math.max(longest, performance.now() - before);
  }
  return longest;
}

async function narrow(run) {
  const page = await open(run, { viewport: { width: 360, height: 740 } });
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.body.offsetWidth);
  await visit(page, '/');
  equal(run, 'nothing sticks out at 360 px', await overflow(), 0);
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('group', { name: 'Verdict' }).waitFor();
  await page.getByText('Edit the limits').click();
  await page.locator('.more summary').first().click();
  await page.locator('.row .evidence').first().waitFor();
  equal(run, 'nor with all of it open', await overflow(), 0);
  const cut = await page
    .locator('.row')
    .evaluateAll((rows) =>
      rows.filter((row) => row.scrollWidth > row.clientWidth).map((row) => row.textContent),
    );
  equal(run, 'no row is cut off', cut, []);
  await page.goto(MODEL_PAGE);
  equal(run, 'nor on a model page', await overflow(), 0);
  await page.context().close();
}

async function withoutScript(run) {
  const { sample, compatible } = run.node;
  const page = await open(run, { javaScriptEnabled: false });
  await page.goto('/');
  equal(run, 'without JavaScript all models', await page.locator('.row').count(), sample.length);
  const yes = await page.locator('.badge.yes').count();
  equal(run, 'with their verdicts', yes, compatible().length);
  equal(run, 'no dead search box', await page.locator('#search').isVisible(), false);
  holds(run, 'a word on why', await page.locator('.note').isVisible());
  await page
    .locator('.row')
    .first()
    .getByRole('link', { name: /^Full verdict/ })
    .click();
  const heading = await page.getByRole('heading', { level: 1 }).textContent();
  equal(run, 'a model page reads as well', heading, sample[0].id);
  holds(run, 'with its verdict', await page.locator('.verdict .badge').isVisible());
  await page.context().close();
}

async function missing(run, page) {
  const answer = await page.goto('/models/no--such-model/');
  equal(run, 'an unknown page is a 404', answer.status(), 404);
  const heading = await page.getByRole('heading', { level: 1 }).textContent();
  equal(run, 'and says so', heading, 'Not found');
  page.problems = page.problems.filter((text) => !text.includes('404'));
}

async function byItself() {
  const executablePath = findChromium();
  if (!executablePath) {
    process.stdout.write(
      '– no Chromium; set CHROME_PATH\ngallery: 0 passed, 0 failed, 1 skipped\n',
    );
    return;
  }
  const { buildGallery } = await import('../../scripts/gallery.mjs');
  const site = await serveSite(await buildGallery());
  try {
    const { failed } = await testGallery({ url: site.url, executablePath });
    if (failed > 0) process.exitCode = 1;
  } finally {
    site.close();
  }
}

if (isMain(import.meta.url)) await main(byItself);
