// A listing that was killed goes on where it stopped, in another process.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalHub, startHub } from '../hub/hub.ts';
import { manyRows } from '../hub/testing.ts';

const PACKAGE = new URL('../../dist/node.js', import.meta.url).href;

/** Lists, keeps each page's ids and its `next`, and goes on from there. */
const LISTING = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { folderCache, iterateHuggingFacePages } from '${PACKAGE}';
const [hubUrl, folder] = process.argv.slice(1);
const place = folder + '/next.txt';
const next = existsSync(place) ? readFileSync(place, 'utf8') : undefined;
if (next !== 'end') {
  const options = { hubUrl, sort: 'createdAt', cache: folderCache(folder + '/cache'), maxAge: 3600, ...(next && { next }) };
  for await (const page of iterateHuggingFacePages({ ...options, fields: ['sha'] })) {
    appendFileSync(folder + '/ids.txt', page.models.map(({ id }) => id + '\\n').join(''));
    writeFileSync(place, page.next ?? 'end');
    console.log('page');
  }
}
console.log('done');
`;

const folder = mkdtempSync(join(tmpdir(), 'hubfit-resume-'));
let hub: LocalHub;
beforeAll(async () => {
  hub = await startHub({ rows: manyRows(9500), latencyMs: 50 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await hub.stop();
});

/** Runs until so many pages were read, then kills; true when it came to its end. */
function run(pages: number): Promise<boolean> {
  const args = ['--input-type=module', '--eval', LISTING, hub.url, folder];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [seen, done] = [0, false];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    seen += text.split('page').length - 1;
    done ||= text.includes('done');
    if (seen >= pages) child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.on('exit', () => resolve(done)));
}

test('kill -9 again and again', async () => {
  writeFileSync(join(folder, 'ids.txt'), '');
  let runs = 0;
  while (!(await run(3))) runs += 1;
  expect(runs).toBeGreaterThanOrEqual(3);
  const ids = readFileSync(join(folder, 'ids.txt'), 'utf8').trim().split('\n');
  // A page whose place was not yet kept is worked off again; it comes from the cache.
  expect(new Set(ids).size).toBe(9500);
  const pages = hub.requests.map(({ path }) => path);
  expect(new Set(pages).size).toBe(10);
  expect(pages.length).toBeLessThanOrEqual(10 + runs);
}, 120_000);
