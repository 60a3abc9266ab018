// Downloads: resumed, checked, in the layout that the Hub's own tools share, whoever is killed meanwhile.
import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { downloadVariant, type HubOptions } from '../../ts/node.ts';
import { type Fault, type LocalHub, startHub } from '../hub/hub.ts';
import { ensurePython } from '../hub/python/venv.ts';
import { simulatedClock } from '../hub/simulated-clock.ts';
import { gguf } from './model-files.ts';

const PACKAGE = new URL('../../dist/node.js', import.meta.url).href;
const ID = 'acme/tiny-GGUF';

/** Bytes that differ everywhere. */
function noise(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = 1;
  for (let at = 0; at < length; at += 1) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    bytes[at] = state >> 16;
  }
  return bytes;
}

const LARGE = noise(24 << 20);
const SMALL = gguf({ 'general.architecture': 'llama' });
const folder = mkdtempSync(join(tmpdir(), 'hubfit-download-'));
const fresh = (): string => mkdtempSync(join(folder, 'x-'));

let hub: LocalHub;
beforeAll(async () => {
  const files = {
    'tiny-Q8_0.gguf': LARGE,
    'parts/tiny-Q4_0.gguf': SMALL,
    'config.json': '{"model_type":"llama"}',
    'README.md': '',
  };
  hub = await startHub({ rows: [], extraRepos: [{ id: ID, files, formerIds: ['old/tiny'] }] });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await hub.stop();
});
beforeEach(() => {
  hub.faults.clear();
  hub.requests.length = 0;
});

const options = (dir: string): HubOptions & { dir: string } => ({
  hubUrl: hub.url,
  dir,
  clock: simulatedClock(),
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const allFiles = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();

describe('a variant', () => {
  test('comes into the layout that the Hub’s own tools share, and only once', async () => {
    const dir = fresh();
    const { revision, files } = await downloadVariant('old/tiny', 'q4_0', {
      ...options(dir),
      also: ['config.json', 'README.md'],
    });
    const model = join(dir, 'models--acme--tiny-GGUF');
    expect(readFileSync(join(model, 'refs/main'), 'utf8')).toBe(revision);
    expect(files.map(({ path }) => path)).toEqual([
      'parts/tiny-Q4_0.gguf',
      'config.json',
      'README.md',
    ]);
    const [weights] = files;
    expect(readFileSync(weights?.file ?? '')).toEqual(Buffer.from(SMALL));
    expect(readlinkSync(weights?.file ?? '')).toBe(`../../../blobs/${sha256(SMALL)}`);
    expect(allFiles(join(model, 'blobs'))).toHaveLength(3);
    hub.requests.length = 0;
    await downloadVariant(ID, 'Q4_0', options(dir));
    expect(hub.requests.map(({ route }) => route)).toEqual(['model']);
  });

  test('that is none is told, with those that are', async () => {
    const error = await downloadVariant(ID, 'Q2_K', options(fresh())).catch((reason) => reason);
    expect([error.code, error.message]).toEqual([
      'invalid_argument',
      expect.stringContaining('Q8_0'),
    ]);
    const other = await downloadVariant(ID, ['nope'], options(fresh())).catch((reason) => reason);
    expect(other.code).toBe('entry_not_found');
  });

  test.each<[string, Fault[]]>([
    ['a connection that is cut', [{ route: 'cdn', cut: 100_000, times: 3 }]],
    ['an address that expired', [{ route: 'cdn', status: 403, body: 'Access denied' }]],
    [
      'a server without ranges',
      [
        { route: 'cdn', cut: 100_000 },
        { route: 'cdn', ranges: false },
      ],
    ],
    ['a body that ends early', [{ route: 'cdn', truncate: 0.3 }]],
    [
      'refusals',
      [
        { route: 'resolve', status: 429 },
        { route: 'cdn', status: 503, body: '' },
      ],
    ],
  ])('through %s', async (_, faults) => {
    const dir = fresh();
    for (const fault of faults) hub.faults.add(fault);
    const { files } = await downloadVariant(ID, 'Q8_0', options(dir));
    expect(sha256(readFileSync(files[0]?.file ?? ''))).toBe(sha256(LARGE));
    expect(hub.faults.pending).toBe(0);
    expect(allFiles(join(dir, 'models--acme--tiny-GGUF/blobs'))).toEqual([sha256(LARGE)]);
  });

  test('of other content is thrown away', async () => {
    const dir = fresh();
    const wrong = (async (url: string, init: RequestInit) => {
      const response = await fetch(url, init);
      if (!String(url).includes('/resolve/')) return response;
      const bytes = new Uint8Array(await response.arrayBuffer()).fill(0, 0, 9);
      return new Response(bytes, { status: response.status, headers: response.headers });
    }) as typeof fetch;
    const error = await downloadVariant(ID, 'Q4_0', { ...options(dir), fetch: wrong }).catch(
      (e) => e,
    );
    expect(error.code).toBe('invalid_file');
    expect(allFiles(dir)).toEqual([]);
  });

  test.each([
    [{ rfilename: '../../x.gguf', size: 1, blobId: 'a'.repeat(40) }],
    [{ rfilename: 'x.gguf', size: 1, blobId: '../../../x' }],
    [{ rfilename: 'C:\\x.gguf', size: 1, blobId: 'a'.repeat(40) }],
    [{ rfilename: 'x.gguf', size: 2 ** 52, blobId: 'a'.repeat(40) }],
    [{ rfilename: 'x.gguf', blobId: 'a'.repeat(40) }],
  ])('never leads out of its folder, nor fills the disk: %j', async (file) => {
    const dir = fresh();
    const body = JSON.stringify({ id: 'a/b', sha: 'b'.repeat(40), siblings: [file] });
    const asked: string[] = [];
    const send = (async (url: string) => {
      asked.push(String(url));
      return new Response(body);
    }) as unknown as typeof fetch;
    const how = { ...options(dir), fetch: send };
    const error = await downloadVariant('a/b', [file.rfilename], how).catch((reason) => reason);
    expect(error.code).toMatch(/^(invalid_response|invalid_argument|limit_exceeded)$/);
    expect(asked).toHaveLength(1);
    expect(allFiles(folder).filter((name) => name.startsWith('x'))).toEqual([]);
  });
});

/** Downloads slowly, telling how far it is. */
const CHILD = `
import { downloadVariant } from '${PACKAGE}';
const [hubUrl, dir] = process.argv.slice(1);
const slow = async (url, init) => {
  const response = await fetch(url, init);
  if (!String(url).includes('/resolve/')) return response;
  const drip = new TransformStream({
    async transform(chunk, controller) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      controller.enqueue(chunk);
    },
  });
  const body = response.body.pipeThrough(drip);
  return new Response(body, { status: response.status, headers: response.headers });
};
const onProgress = ({ doneBytes }) => console.log(doneBytes);
await downloadVariant('${ID}', 'Q8_0', { hubUrl, dir, fetch: slow, onProgress });
console.log('done');
`;

/** Runs until so many bytes more have come, then kills; true when it came to its end. */
function run(dir: string, bytes: number): Promise<boolean> {
  const args = ['--input-type=module', '--eval', CHILD, hub.url, dir];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let [first, done] = [Number.NaN, false];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    done ||= text.includes('done');
    const now = Number(text.trim().split('\n').at(-1));
    if (Number.isNaN(first)) first = now;
    if (now - first > bytes) child.kill('SIGKILL');
  });
  return new Promise((resolve) => child.on('exit', () => resolve(done)));
}

describe('processes', () => {
  test('killed twenty times, the file is whole and nothing else is left', async () => {
    const dir = fresh();
    let kills = 0;
    while (kills < 20 && !(await run(dir, 600_000))) kills += 1;
    expect(kills).toBe(20);
    const sent = hub.requests.filter(({ server }) => server === 'cdn').map(({ range }) => range);
    expect(new Set(sent).size).toBeGreaterThan(15);
    expect(await run(dir, Number.POSITIVE_INFINITY)).toBe(true);
    const blobs = join(dir, 'models--acme--tiny-GGUF/blobs');
    expect(allFiles(blobs)).toEqual([sha256(LARGE)]);
    expect(sha256(readFileSync(join(blobs, sha256(LARGE))))).toBe(sha256(LARGE));
  }, 240_000);

  test('two that want the same both get it', async () => {
    const dir = fresh();
    const never = Number.POSITIVE_INFINITY;
    expect(await Promise.all([run(dir, never), run(dir, never)])).toEqual([true, true]);
    const blobs = join(dir, 'models--acme--tiny-GGUF/blobs');
    expect(allFiles(blobs)).toEqual([sha256(LARGE)]);
  }, 120_000);
});

const python = ensurePython();

describe.skipIf('missing' in python)('huggingface_hub of Python', () => {
  const get = (dir: string, more: string): Promise<{ stdout: string }> => {
    if ('missing' in python) throw new Error(python.missing);
    const code = `from huggingface_hub import hf_hub_download as get
print(get("${ID}", "tiny-Q8_0.gguf", cache_dir=${JSON.stringify(dir)}${more}))`;
    const env = {
      ...process.env,
      HF_ENDPOINT: hub.url,
      HF_HOME: dir,
      HF_TOKEN: '',
      HF_HUB_DISABLE_XET: '1',
      HF_HUB_DISABLE_TELEMETRY: '1',
      HF_HUB_DISABLE_PROGRESS_BARS: '1',
      NO_PROXY: '127.0.0.1',
    };
    return promisify(execFile)(python.python, ['-c', code], { env });
  };

  test('finds what we downloaded', async () => {
    const dir = fresh();
    const { files } = await downloadVariant(ID, 'Q8_0', options(dir));
    const { stdout } = await get(dir, ', local_files_only=True');
    expect(stdout.trim()).toBe(files[0]?.file);
  });

  test('and we find what it downloaded', async () => {
    const dir = fresh();
    const { stdout } = await get(dir, '');
    hub.requests.length = 0;
    const { files } = await downloadVariant(ID, 'Q8_0', options(dir));
    expect(files[0]?.file).toBe(stdout.trim());
    expect(hub.requests.map(({ route }) => route)).toEqual(['model']);
    expect(existsSync(stdout.trim())).toBe(true);
  });
});
