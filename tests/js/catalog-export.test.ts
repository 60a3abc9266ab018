// Rows of a catalog as files that others read, and files of others as rows.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { buildCatalog } from '../../ts/catalog/build-catalog.ts';
import type { CatalogRow } from '../../ts/catalog/catalog-row.ts';
import { diffCatalogs } from '../../ts/catalog/diff-catalogs.ts';
import { catalogModel } from '../../ts/catalog/export/catalog-model.ts';
import { EXPORT_FORMATS, exportRows } from '../../ts/catalog/export/export-rows.ts';
import { objectsInJson } from '../../ts/catalog/export/objects-in-json.ts';
import { objectsInParquet } from '../../ts/catalog/export/objects-in-parquet.ts';
import { openCatalog } from '../../ts/catalog/open-catalog.ts';

const ROWS: CatalogRow[] = [
  {
    id: 'meta-llama/Llama-3.1-8B',
    author: 'meta-llama',
    family: 'llama',
    license: 'llama3.1',
    formats: ['safetensors'],
    languages: ['de', 'en'],
    parameters: 8_030_261_248,
    context: 131_072,
    downloads: 900_000,
    created: 1_721_260_800,
    score: 61.5,
  },
  { id: 'a/"quoted", or\nnot', author: 'a', tags: ['=1+1', 'ü: [x]', '#'], likes: 0 },
  { id: 'gpt2' },
];

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function exported(
  rows: readonly CatalogRow[],
  format: (typeof EXPORT_FORMATS)[number],
): Promise<Buffer> {
  const pieces = await collect(exportRows(rows, { format }));
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
}

/** Gives the bytes in pieces of a length. */
function* pieces(bytes: Uint8Array, length: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

function buffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

async function reread(objects: AsyncIterable<Record<string, unknown>>): Promise<unknown[]> {
  const models = (await collect(objects)).map(catalogModel);
  return models.map((model) => (model as { row: CatalogRow }).row);
}

describe('what is exported', () => {
  test('is JSON, lines of JSON and YAML', async () => {
    expect(JSON.parse((await exported(ROWS, 'json')).toString())).toEqual(ROWS);
    const lines = (await exported(ROWS, 'ndjson')).toString().trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(ROWS);
    expect(parseYaml((await exported(ROWS, 'yaml')).toString())).toEqual(ROWS);
  });

  test('is CSV under names', async () => {
    const few = ROWS.map(({ id, languages, likes }) => ({
      id,
      ...(languages && { languages }),
      ...(likes !== undefined && { likes }),
    }));
    const [head, ...lines] = (await exported(few, 'csv')).toString().split('\n');
    expect(head).toMatch(/^id,author,base,.*,languages,.*,tokenMemory$/);
    const cells = (head ?? '').split(',').length - 1;
    const at = (name: string) => (head ?? '').split(',').indexOf(name);
    const commas = (count: number) => ','.repeat(count);
    const languages = at('languages');
    const likes = at('likes');
    expect(lines).toEqual([
      `meta-llama/Llama-3.1-8B${commas(languages)}de|en${commas(cells - languages)}`,
      '"a/""quoted"", or',
      `not"${commas(likes)}0${commas(cells - likes)}`,
      `gpt2${commas(cells)}`,
      '',
    ]);
  });

  test('is Parquet with lists, times and nulls', async () => {
    const file = buffer(await exported(ROWS, 'parquet'));
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      languages: ['de', 'en'],
      downloads: 900_000n,
      parameters: 8_030_261_248,
      created: new Date('2024-07-18T00:00:00Z'),
    });
    expect(rows[2]).toMatchObject({ id: 'gpt2', downloads: null, tags: undefined });
  });

  test('comes back as it was', async () => {
    for (const length of [1, 7, 1 << 20]) {
      const json = await exported(ROWS, 'json');
      expect(await reread(objectsInJson(pieces(json, length)))).toEqual(ROWS);
      const lines = await exported(ROWS, 'ndjson');
      expect(await reread(objectsInJson(pieces(lines, length)))).toEqual(ROWS);
    }
    const parquet = buffer(await exported(ROWS, 'parquet'));
    expect(await reread(objectsInParquet(parquet))).toEqual(ROWS);
  });

  test('holds more rows than a row group, and none', async () => {
    const many = Array.from({ length: 25_000 }, (_, at) => ({ id: `a/${at}`, likes: at }));
    const parquet = buffer(await exported(many, 'parquet'));
    expect(await reread(objectsInParquet(parquet))).toEqual(many);
    for (const format of EXPORT_FORMATS) {
      const none = buffer(await exported([], format));
      const read = format === 'parquet' ? objectsInParquet(none) : undefined;
      expect(read ? await collect(read) : none.byteLength).toEqual(read ? [] : expect.any(Number));
    }
    expect((await exported([], 'json')).toString()).toBe('[]\n');
    expect((await exported([], 'yaml')).toString()).toBe('[]\n');
  });

  test('is read by pyarrow where that is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hubfit-parquet-'));
    try {
      const file = join(folder, 'rows.parquet');
      writeFileSync(file, await exported(ROWS, 'parquet'));
      const code = `import json, pyarrow.parquet as p; t = p.read_table(${JSON.stringify(file)}); print(json.dumps([t.num_rows, t.column("languages").to_pylist()]))`;
      const { status, stdout, stderr } = spawnSync('python3', ['-c', code], { encoding: 'utf8' });
      if (status === 0) expect(JSON.parse(stdout)).toEqual([3, [['de', 'en'], null, null]]);
      else {
        expect(stderr ?? 'no python3').toMatch(/No module named|no python3|not found/);
        console.info('pyarrow is not there: only hyparquet has read the file');
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('files that are not right', () => {
  test.each([
    ['[{"id":"a"}, 1]', 'invalid_json'],
    ['[{"id":"a"}', undefined],
    ['[{"id":"a"', 'invalid_json'],
    ['{"id":"a"} {"id":}', 'invalid_json'],
    ['{"id":"\xff"}', 'invalid_json'],
  ])('%s', async (text, code) => {
    const read = collect(objectsInJson([Buffer.from(text, 'latin1')]));
    if (code === undefined) expect(await read).toEqual([{ id: 'a' }]);
    else await expect(read).rejects.toMatchObject({ code });
  });

  test('what is no Parquet, and one without ids', async () => {
    await expect(
      collect(objectsInParquet(buffer(Buffer.from('PAR1 but not')))),
    ).rejects.toMatchObject({
      code: 'invalid_file',
    });
    const columnData = [{ name: 'name', data: ['x'], type: 'STRING' as const }];
    const file = parquetWriteBuffer({ columnData });
    await expect(collect(objectsInParquet(file))).rejects.toThrow(/a column "id"/);
  });
});

describe('the layout of hub-stats', () => {
  const safetensors = { parameters: { BF16: 8_030_261_248n, F32: null }, total: 8_030_261_248n };
  const columnData = [
    { name: '_id', data: ['1', '2'], type: 'STRING' as const },
    { name: 'id', data: ['meta-llama/Llama-3.1-8B', 'b/c'], type: 'STRING' as const },
    { name: 'author', data: ['meta-llama', 'b'], type: 'STRING' as const },
    {
      name: 'cardData',
      data: ['{"license":"llama3.1","language":["en","de"]}', null],
      type: 'STRING' as const,
    },
    { name: 'config', data: ['{"model_type":"llama"}', 'not JSON'], type: 'STRING' as const },
    { name: 'createdAt', data: [new Date(1_721_260_800_000), null], type: 'TIMESTAMP' as const },
    { name: 'downloads', data: [900_000n, 3n], type: 'INT64' as const },
    { name: 'gated', data: ['manual', 'False'], type: 'STRING' as const },
    {
      name: 'safetensors',
      data: [
        JSON.stringify({
          ...safetensors,
          parameters: { BF16: 8_030_261_248 },
          total: 8_030_261_248,
        }),
        null,
      ],
      type: 'STRING' as const,
    },
    { name: 'tags', data: ['["llama","base_model:finetune:a/b"]', '[]'], type: 'STRING' as const },
    { name: 'siblings', data: ['["model.safetensors"]', null], type: 'STRING' as const },
    { name: 'sha', data: ['x', 'y'], type: 'STRING' as const },
  ];

  test('becomes what the Hub lists', async () => {
    const file = parquetWriteBuffer({ columnData });
    const [first, second] = (await collect(objectsInParquet(file))).map(catalogModel);
    expect(first).toMatchObject({
      id: 'meta-llama/Llama-3.1-8B',
      createdAt: '2024-07-18T00:00:00.000Z',
      downloads: 900_000,
      gated: 'manual',
      config: { model_type: 'llama' },
      safetensors: { parameters: { BF16: 8_030_261_248 } },
      siblings: [{ rfilename: 'model.safetensors' }],
      tags: ['llama', 'base_model:finetune:a/b'],
    });
    expect(first).not.toHaveProperty('sha');
    expect(second).toEqual({ id: 'b/c', author: 'b', downloads: 3, gated: false, tags: [] });
  });

  test('is built into a catalog', async () => {
    const file = parquetWriteBuffer({ columnData });
    const models = (await collect(objectsInParquet(file))).map(catalogModel);
    const catalog = await openCatalog(await buildCatalog(models, { runtimes: [] }), {
      thread: 'same',
      whole: true,
    });
    expect(catalog.get('meta-llama/Llama-3.1-8B')).toMatchObject({
      license: 'llama3.1',
      base: 'a/b',
      relation: 'finetune',
      created: 1_721_260_800,
      downloads: 900_000,
    });
    catalog.close();
  });
});

test('a difference makes the old snapshot the new one', async () => {
  const build = (rows: CatalogRow[]) =>
    buildCatalog(
      rows.map((row) => ({ row })),
      { tiers: [2] },
    );
  const old = await build([...ROWS, { id: 'gone/soon', likes: 1 }]);
  const next = await build([
    ...ROWS.slice(0, 2),
    { id: 'gpt2', likes: 7 },
    { id: 'new/one', tags: ['x'] },
  ]);
  const { name, file, tier, ...counts } = await diffCatalogs(old, next);
  expect(counts).toEqual({ added: 1, changed: 1, removed: 1, size: 4 });
  const manifest = { ...old.manifest, rows: counts.size, tiers: [...old.manifest.tiers, tier] };
  const files = new Map([...old.files, [name, file]]);
  const both = await Promise.all(
    [{ manifest, files }, next].map((one) => openCatalog(one, { thread: 'same', whole: true })),
  );
  const [changed, wanted] = both.map((catalog) => {
    const query = { facets: ['author', 'tags'] as const, sort: ['likes'] as const };
    return { ...catalog.query(query), size: catalog.size };
  });
  expect(changed).toEqual(wanted);
});
