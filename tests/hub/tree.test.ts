// Tree, paths-info and treesize against sections 4.1 and 4.2 of the Hub's API contract.

import { describe, expect, test } from 'vitest';
import { allPages, json, nextOf, useHub } from './testing.ts';

interface TreeRow {
  type: string;
  path: string;
  size: number;
  oid: string;
  lfs?: { oid: string; size: number; pointerSize: number };
  [more: string]: unknown;
}

describe('tree', () => {
  const hub = useHub();
  const rows = async (tail: string): Promise<TreeRow[]> =>
    (await (await fetch(`${hub().url}/api/models/acme/chat-1b/tree/${tail}`)).json()) as TreeRow[];

  test('top level: files and folders, full paths', async () => {
    const top = await rows('main');
    expect(top.filter(({ type }) => type === 'directory')).toEqual([
      { type: 'directory', oid: expect.any(String), size: 0, path: 'onnx' },
      { type: 'directory', oid: expect.any(String), size: 0, path: 'original' },
    ]);
    expect(top.find(({ path }) => path === 'tokenizer.json')).toEqual({
      type: 'file',
      oid: expect.stringMatching(/^[0-9a-f]{40}$/),
      size: 9_085_657,
      path: 'tokenizer.json',
    });
  });

  test('recursive keeps the folders', async () => {
    const paths = (await rows('main?recursive=true')).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['original', 'original/deep', 'onnx/model.onnx']));
    expect(paths).toContain('original/deep/tokenizer.model');
  });

  test('a sub-path still names paths from the root', async () => {
    const paths = (await rows('main/original')).map(({ path }) => path);
    expect(paths).toEqual(['original/deep', 'original/params.json']);
  });

  test('lfs.oid is the sha256, oid the pointer, and there is no xetHash by default', async () => {
    const [file] = (await rows('main/onnx')).filter(({ path }) => path.endsWith('q4.onnx'));
    const body = await json(`${hub().url}/api/models/acme/chat-1b?blobs=true`);
    const sibling = (body.siblings as { rfilename: string; lfs?: { sha256: string } }[]).find(
      ({ rfilename }) => rfilename === 'onnx/model_q4.onnx',
    );
    expect(file?.lfs?.oid).toBe(sibling?.lfs?.sha256);
    expect(file?.lfs?.size).toBe(412_345_678);
    expect(file).not.toHaveProperty('xetHash');
    expect(file).not.toHaveProperty('lastCommit');
  });

  test('expand adds the commit and the scan', async () => {
    const [file] = await rows('main/onnx?expand=true');
    expect(file?.lastCommit).toMatchObject({ title: expect.any(String), date: expect.any(String) });
    expect(file?.securityFileStatus).toMatchObject({ status: 'safe' });
  });

  test.each(['main/nowhere', 'main/config.json'])('%s is 404 EntryNotFound', async (tail) => {
    const response = await fetch(`${hub().url}/api/models/acme/chat-1b/tree/${tail}`);
    expect(response.status).toBe(404);
    expect(response.headers.get('X-Error-Code')).toBe('EntryNotFound');
  });

  test('treesize adds up everything below', async () => {
    const url = `${hub().url}/api/models/acme/chat-1b/treesize/main`;
    expect(await json(`${url}/onnx`)).toEqual({ path: 'onnx', size: 812_345 + 412_345_678 });
  });
});

describe('pages', () => {
  const files = Object.fromEntries(
    Array.from({ length: 1205 }, (_, n) => [`part-${String(n).padStart(4, '0')}.txt`, `${n}`]),
  );
  const hub = useHub({ extraRepos: [{ id: 'acme/long', files }] });
  const base = (): string => `${hub().url}/api/models/acme/long/tree/main`;

  test('1000 rows by default, 100 with expand', async () => {
    const plain = await allPages<TreeRow>(base());
    expect(plain.map(({ length }) => length)).toEqual([1000, 205]);
    const expanded = await allPages<TreeRow>(`${base()}?expand=true`);
    expect(expanded.map(({ length }) => length)).toEqual([...Array(12).fill(100), 5]);
    expect(new Set(expanded.flat().map(({ path }) => path)).size).toBe(1205);
  });

  test('the cursor is base64 in base64 with the limit', async () => {
    const next = nextOf(await fetch(`${base()}?limit=10`)) ?? '';
    const cursor = new URL(next).searchParams.get('cursor') ?? '';
    const [inner = '', limit] = Buffer.from(cursor, 'base64').toString().split(':');
    expect(limit).toBe('10');
    expect(JSON.parse(Buffer.from(inner, 'base64').toString())).toEqual({
      file_name: 'part-0009.txt',
      tree_oid: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
  });

  test.each(['limit=0', 'limit=x', 'cursor=x'])('%s is 400', async (query) => {
    expect((await fetch(`${base()}?${query}`)).status).toBe(400);
  });

  test('the expanded page size is a setting', async () => {
    const small = await import('./hub.ts').then(({ startHub }) =>
      startHub({ rows: [], extraRepos: [{ id: 'acme/long', files }], expandedTreePage: 50 }),
    );
    const url = `${small.url}/api/models/acme/long/tree/main?expand=true`;
    expect(await (await fetch(url)).json()).toHaveLength(50);
    await small.stop();
  });
});

describe('paths-info', () => {
  const hub = useHub();
  const ask = (body: unknown, headers: Record<string, string>): Promise<Response> =>
    fetch(`${hub().url}/api/models/acme/chat-1b/paths-info/main`, {
      method: 'POST',
      headers,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const JSON_TYPE = { 'Content-Type': 'application/json' };

  test('answers for known paths and omits the others', async () => {
    const paths = ['config.json', 'nope.bin', 'onnx', 'onnx/model.onnx'];
    const rows = (await (await ask({ paths, expand: true }, JSON_TYPE)).json()) as TreeRow[];
    expect(rows.map(({ path, type }) => [path, type])).toEqual([
      ['config.json', 'file'],
      ['onnx', 'directory'],
      ['onnx/model.onnx', 'file'],
    ]);
    expect(rows[0]).toHaveProperty('lastCommit');
    expect(rows[2]?.lfs?.size).toBe(812_345);
  });

  test('a single string, and a form', async () => {
    expect(await (await ask({ paths: 'config.json' }, JSON_TYPE)).json()).toHaveLength(1);
    const form = 'paths=config.json&paths=tokenizer.json&expand=false';
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const rows = (await (await ask(form, type)).json()) as TreeRow[];
    expect(rows).toHaveLength(2);
    expect(rows[0]).not.toHaveProperty('lastCommit');
  });

  test('more than 2000 paths, no paths and broken JSON are 400', async () => {
    expect((await ask({ paths: Array(2001).fill('config.json') }, JSON_TYPE)).status).toBe(400);
    expect((await ask({}, JSON_TYPE)).status).toBe(400);
    expect((await ask('{', JSON_TYPE)).status).toBe(400);
  });

  test('only POST is known', async () => {
    const url = `${hub().url}/api/models/acme/chat-1b/paths-info/main`;
    expect((await fetch(url)).status).toBe(404);
  });
});
