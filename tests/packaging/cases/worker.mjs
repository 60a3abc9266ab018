// The example Worker in workerd, with the local Hub behind it.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { expectedCounts } from '../lib/expected.mjs';
import { makeProject } from '../lib/project.mjs';
import { bundleWorker, startWorker } from '../lib/worker.mjs';

export default { worker: run, 'worker-readers': readers };

/** A Worker that reads the header of what it is sent. */
const READER = `
import { inspectFile } from 'hubfit';
export default {
  fetch: async (request) =>
    Response.json(await inspectFile(new Uint8Array(await request.arrayBuffer()))),
};`;

async function run({ tarball, hub }) {
  const { url, ...local } = await hub();
  const project = await makeProject(tarball, { from: 'examples/worker' });
  const outdir = await bundleWorker(project.folder, 'src/index.ts');
  assert.deepEqual(readdirSync(outdir).sort(), [
    'facts.wasm',
    'hubfit.wasm',
    'index.js',
    'memory.wasm',
    'verdict.wasm',
  ]);
  const worker = await startWorker(outdir, { HUB_URL: url });
  const get = getter(worker);
  try {
    await assertModels(get, await expectedCounts(project, url));
    await assertRequestErrors(get);
    await assertHubErrors(get, local);
  } finally {
    await local.heal();
    await worker.dispose();
  }
}

async function readers({ tarball }) {
  const { folder } = await makeProject(tarball, { files: { 'worker.js': READER } });
  const outdir = await bundleWorker(folder, 'worker.js');
  const modules = ['hubfit', 'memory', 'more-readers', 'readers'].map((name) => `${name}.wasm`);
  assert.deepEqual(readdirSync(outdir).sort(), [...modules, 'index.js'].sort());
  const worker = await startWorker(outdir);
  try {
    const gguf = Buffer.concat([Buffer.from('GGUF\x03\0\0\0'), Buffer.alloc(16)]);
    const init = { method: 'POST', body: gguf };
    const answer = await worker.dispatchFetch('http://worker.example/', init);
    const { format, version } = await answer.json();
    assert.deepEqual([format, version], ['gguf', '3']);
  } finally {
    await worker.dispose();
  }
}

function getter(worker) {
  return async (path, options) => {
    const answer = await worker.dispatchFetch(`http://worker.example${path}`, options);
    assert.equal(answer.headers.get('content-type'), 'application/json', path);
    return { status: answer.status, body: await answer.json() };
  };
}

async function assertModels(get, { hub, hubQwen }) {
  const listed = await get('/?limit=50');
  assert.deepEqual([listed.status, listed.body.map(({ id }) => id)], [200, hub]);
  const searched = await get('/?q=qwen&limit=50');
  assert.equal(searched.body.length, hubQwen);
  assert.ok(searched.body.every(({ id }) => /qwen/i.test(id)));
  assert.equal((await get('/?limit=3')).body.length, 3);
}

async function assertRequestErrors(get) {
  const limit = await get('/?limit=many');
  assert.deepEqual([limit.status, limit.body.code], [400, 'invalid_argument']);
  const path = await get('/elsewhere');
  assert.deepEqual([path.status, path.body.code], [404, 'not_found']);
  const posted = await get('/', { method: 'POST' });
  assert.deepEqual([posted.status, posted.body.code], [405, 'method_not_allowed']);
}

/** What is wrong at the Hub is said in a code, and never blamed on the visitor. */
async function assertHubErrors(get, { fault, heal }) {
  const troubles = {
    'server-error': [502, 'hub_unavailable'],
    'html-200': [502, 'invalid_response'],
    'connection-cut': [502, 'network'],
  };
  const assertTold = async (name, expected) => {
    // Enough for a client that tries again.
    await fault({ name, route: 'list', times: 20 });
    const { status, body } = await get('/?limit=3');
    assert.deepEqual([status, body.code], expected, `${name}: ${JSON.stringify(body)}`);
    assert.equal(typeof body.message, 'string');
    await heal();
  };
  for (const [name, expected] of Object.entries(troubles)) await assertTold(name, expected);
  assert.equal((await get('/?limit=3')).status, 200, 'after the troubles');
  // The last of them: a client that was refused for too many requests lets the Hub's window pass.
  await assertTold('rate-limit-html', [503, 'rate_limited']);
}
