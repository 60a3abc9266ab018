// The Vite example: built, served as a static site under a strict policy, used in real browsers.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectedCounts } from '../lib/expected.mjs';
import { filesOf } from '../lib/package.mjs';
import { inChromium, inFirefox, shows } from '../lib/pages.mjs';
import { makeProject } from '../lib/project.mjs';
import { serveFolder } from '../lib/static-server.mjs';

export default {
  'vite-chromium': (context) => run(context, inChromium),
  'vite-firefox': (context) => run(context, inFirefox),
};

async function run({ tarball, hub }, inBrowser) {
  const { url } = await hub();
  const project = await makeProject(tarball, { from: 'examples/vite', tools: 'vite' });
  const output = await buildPage(project, url);
  const expected = await expectedCounts(project, url);
  // No 'unsafe-eval': compiling wasm is all that a site has to allow.
  const policy = `default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval'; connect-src ${url}`;
  const site = await serveFolder(output, { 'content-security-policy': policy });
  try {
    await inBrowser(`${site.url}/`, (page) => usePage(page, expected));
  } finally {
    await site.stop();
  }
}

/** Types, then the bundle; the wasm must be inside the JavaScript and nowhere else. */
async function buildPage({ folder, node }, url) {
  await node(['../node_modules/typescript/bin/tsc']);
  await node(['../node_modules/vite/bin/vite.js', 'build'], { env: { VITE_HUB_URL: url } });
  const files = filesOf(join(folder, 'dist'));
  assert.equal(files.filter((name) => name.endsWith('.wasm')).length, 0, files.join('\n'));
  // What asks the Hub is loaded when it is asked; the page names one script.
  const html = readFileSync(join(folder, 'dist/index.html'), 'utf8');
  assert.equal(html.match(/<script\b/g)?.length, 1, html);
  return join(folder, 'dist');
}

async function usePage(page, { total, qwen, compatible, hubQwen }) {
  await shows(page, '#status', `${total} models of ${total} in the sample`);
  await page.click('#only');
  await shows(page, '#status', `${compatible} models of ${total} in the sample`);
  assert.equal(await page.$$eval('li.fits', (items) => items.length), compatible, 'items that fit');
  await page.type('#query', 'qwen');
  await shows(page, '#status', `${qwen} models of ${total} in the sample`);
  await page.click('button');
  await shows(page, '#status', `${hubQwen} models from the Hub`);
}
