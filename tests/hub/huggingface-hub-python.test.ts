// Fidelity: the ecosystem's own Python client, unmodified, against the local Hub. Its checks are in
// python/check_client.py.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { FIXTURE } from './fixture.ts';
import { ensurePython, type Python } from './python/venv.ts';
import { manyRows, useHub } from './testing.ts';

const SCRIPT = fileURLToPath(new URL('./python/check_client.py', import.meta.url));
const CHECKS = [
  'list_filters',
  'list_pages',
  'list_full',
  'list_expand',
  'model_info',
  'model_files',
  'model_expand',
  'tree',
  'paths_info',
  'download_small',
  'download_large',
  'metadata',
  'not_found_anonymous',
  'not_found',
  'refusals',
  'whoami',
];

interface Result {
  check: string;
  error?: string;
}

function python(): Python {
  const found = ensurePython();
  if ('missing' in found && process.env.CI) throw new Error(found.missing);
  if ('missing' in found) console.warn(`Skipping the Python client: ${found.missing}.`);
  return found;
}

/** Its own home and no token of the user's, so that nothing outside is read or written. */
async function runChecks(interpreter: string, url: string): Promise<Result[]> {
  const home = mkdtempSync(join(tmpdir(), 'local-hub-'));
  const env = {
    ...process.env,
    HF_ENDPOINT: url,
    HF_HOME: home,
    HF_TOKEN: '',
    HF_HUB_DISABLE_XET: '1',
    HF_HUB_DISABLE_TELEMETRY: '1',
    HF_HUB_DISABLE_PROGRESS_BARS: '1',
    HF_HUB_DISABLE_IMPLICIT_TOKEN: '1',
    NO_PROXY: '127.0.0.1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
  try {
    const { stdout } = await promisify(execFile)(interpreter, [SCRIPT], { env });
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Result);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const found = python();

describe.skipIf('missing' in found)('huggingface_hub', () => {
  const long = Object.fromEntries(
    Array.from({ length: 1205 }, (_, n) => [`part-${n}.txt`, `${n}`]),
  );
  const hub = useHub({
    rows: [...FIXTURE, ...manyRows(1203)],
    extraRepos: [
      { id: 'acme/real', files: { 'a.txt': 'a' }, revisions: { 'refs/pr/1': 'c'.repeat(40) } },
      { id: 'acme/long', files: long },
      { id: 'acme/secret', private: true, files: { 'a.txt': 'a' } },
      { id: 'acme/closed', disabled: true, files: { 'a.txt': 'a' } },
    ],
  });
  let results: Promise<Result[]> | undefined;

  test.each(CHECKS)('%s', async (name) => {
    if ('missing' in found) return;
    results ??= runChecks(found.python, hub().url);
    const result = (await results).find(({ check }) => check === name);
    expect(result).toEqual({ check: name });
  });

  test('the CDN was asked, and never with a token', async () => {
    await results;
    const toCdn = hub().requests.filter(({ server }) => server === 'cdn');
    expect(toCdn.length).toBeGreaterThan(0);
    expect(toCdn.filter(({ authorized }) => authorized)).toEqual([]);
  });
});
