// `hubfit catalog` as people and scripts use it: the built file, in a process of its own.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXIT } from '../../ts/cli/exit-code.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';

const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hubfit-catalog-'));
const at = (name: string) => join(folder, name);
let hub: LocalHub;

interface Run {
  code: number;
  out: string;
  err: string;
}

function catalog(...args: string[]): Promise<Run> {
  const env = { ...process.env, NO_COLOR: '1', HF_ENDPOINT: hub.url };
  return new Promise((resolve) => {
    const options = { maxBuffer: 64 << 20, env };
    execFile(process.execPath, [cli, 'catalog', ...args], options, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
  });
}

beforeAll(async () => {
  hub = await startHub();
  const { code, err } = await catalog('build', '--from', 'sample', '--out', at('sample'));
  expect({ code, err }).toEqual({ code: EXIT.ok, err: '' });
});

afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true });
});

describe('build', () => {
  test('writes files that a manifest names', () => {
    const manifest = JSON.parse(readFileSync(at('sample/catalog.json'), 'utf8'));
    const files = manifest.tiers.flatMap((tier: { files: { name: string }[] }) => tier.files);
    const names = files.map(({ name }: { name: string }) => name);
    expect(readdirSync(at('sample')).sort()).toEqual(['catalog.json', ...names].sort());
  });

  test('takes models from the Hub, so many', async () => {
    const { code, out } = await catalog('build', '--limit', '7', '--out', at('hub'), '--json');
    expect(code).toBe(EXIT.ok);
    expect(JSON.parse(out)).toMatchObject({ rows: 7, left: 0 });
  });

  test('takes what was exported', async () => {
    const { out } = await catalog('stats', at('sample'), '--json');
    const { rows, facets } = JSON.parse(out);
    for (const ending of ['json', 'ndjson', 'parquet']) {
      const file = at(`rows.${ending}`);
      expect((await catalog('export', at('sample'), '--out', file)).code).toBe(EXIT.ok);
      await catalog('build', '--from', file, '--out', at(ending));
      const again = JSON.parse((await catalog('stats', at(ending), '--json')).out);
      expect({ rows: again.rows, facets: again.facets }).toEqual({ rows, facets });
    }
  });

  test.each([
    [['build', '--from', 'x.zip', '--out', 'y'], /x\.zip: no such file/],
    [['build', '--from', cli, '--out', 'y'], /expected hub, sample, or a file that ends in/],
    [['build', '--from', 'sample'], /--out/],
    [['query', 'nowhere'], /catalog\.json: cannot be read/],
    [['export', 'nowhere', '--out', 'x.txt'], /ends in json, ndjson, csv, yaml, parquet/],
  ])('%j is told what is wrong', async (args, why) => {
    const { code, err } = await catalog(...args);
    expect(err).toMatch(why);
    expect([EXIT.usage, EXIT.hub, 1]).toContain(code);
    expect(code).not.toBe(EXIT.fault);
  });

  test('a damaged file is refused', async () => {
    await catalog('build', '--from', 'sample', '--out', at('damaged'), '--compression', 'none');
    const name = readdirSync(at('damaged')).find((one) => one.endsWith('.bin')) ?? '';
    const bytes = readFileSync(at(`damaged/${name}`));
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    writeFileSync(at(`damaged/${name}`), bytes);
    const { code, err } = await catalog('query', at('damaged'));
    expect(err).toMatch(/expected the checksum that the shard says.*invalid_file/);
    expect(code).toBe(EXIT.usage);
  });
});

describe('query', () => {
  test('shows rows, counts and what fits', async () => {
    const { code, out } = await catalog(
      ...['query', at('sample'), 'llama', '--gpu', '12', '--facet', 'task', '-n', '3'],
    );
    expect(code).toBe(EXIT.ok);
    expect(out).toMatch(/^model +family +params +size +downloads +fit +needs/);
    expect(out).toMatch(/task +models\ntext-generation +\d+/);
    expect(out).toMatch(/\d+ found; more with --after \S+/);
  });

  test('answers JSON, page by page', async () => {
    const ask = async (...more: string[]) =>
      JSON.parse((await catalog('query', at('sample'), '--json', '-n', '5', ...more)).out);
    const first = await ask('--where', '{"task":"text-generation"}', '--sort', 'likes:asc');
    const next = await ask(
      ...['--where', '{"task":"text-generation"}', '--sort', 'likes:asc', '--after', first.next],
    );
    expect(first.rows).toHaveLength(5);
    expect(next.total).toBe(first.total);
    const ids = [...first.rows, ...next.rows].map(({ id }) => id);
    expect(new Set(ids).size).toBe(10);
  });

  test('tells what is wrong with a condition', async () => {
    const { code, err } = await catalog('query', at('sample'), '--where', '{"tsk":"x"}');
    expect(err).toMatch(/tsk.*task.*invalid_argument/);
    expect(code).toBe(EXIT.usage);
    expect((await catalog('query', at('sample'), '--where', '{')).err).toMatch(/expected JSON/);
  });
});

test('stats tell sizes and what there is', async () => {
  const { out } = await catalog('stats', at('sample'));
  expect(out).toMatch(/^\d[\d,]* models of 20/);
  expect(out).toMatch(/tier +models +files +size +bytes a model\n0 /);
  expect(out).toMatch(/formats +models/);
});

test('diff writes what the old files lack', async () => {
  const rows = (await catalog('export', at('sample'))).out.trimEnd().split('\n');
  const [first = '', ...others] = rows;
  const changed = { ...JSON.parse(others.pop() ?? ''), likes: 123_456 };
  const lines = [...others, JSON.stringify(changed), '{"id":"new/model"}'];
  writeFileSync(at('next.ndjson'), `${lines.join('\n')}\n`);
  await catalog('build', '--from', at('next.ndjson'), '--out', at('next'));
  const { code, out } = await catalog(
    ...['diff', at('sample'), at('next'), '--out', at('sample'), '--json'],
  );
  expect(code).toBe(EXIT.ok);
  expect(JSON.parse(out)).toMatchObject({ added: 1, changed: 1, removed: 1 });
  const now = (await catalog('export', at('sample'))).out.trimEnd().split('\n');
  expect(now.sort()).toEqual(
    (await catalog('export', at('next'))).out.trimEnd().split('\n').sort(),
  );
  expect(now).not.toContain(first);
});

test('export writes Parquet that others read', async () => {
  await catalog('export', at('hub'), '--out', at('hub.parquet'));
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(at('hub.parquet')) });
  expect(rows).toHaveLength(7);
  const csv = (await catalog('export', at('hub'), '--format', 'csv')).out;
  expect(csv).toMatch(/^id,author,base,/);
});
