// The rows that are served by default, and how rows become files.

import { describe, expect, test } from 'vitest';
import { sha256Of } from './bytes.ts';
import { repoOfExtra, repoOfRow } from './rows.ts';
import { sampleRows } from './sample.ts';
import { commitOf, fileOf, Store } from './store.ts';

describe('the sample', () => {
  const store = new Store({ rows: sampleRows() });

  test('every row becomes a repository with a key of its own', () => {
    expect(new Set(store.repos.map(({ key }) => key)).size).toBe(store.repos.length);
    expect(new Set(store.repos.map(({ id }) => id)).size).toBe(sampleRows().length);
  });

  test('no field is null, and dates are ISO with milliseconds', () => {
    for (const { fields } of store.repos) {
      expect(Object.values(fields)).not.toContain(null);
      expect(fields.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect((fields.createdAt as string) >= '2022-03-02T23:29:04.000Z').toBe(true);
      expect((fields.lastModified as string) >= (fields.createdAt as string)).toBe(true);
    }
  });

  test('the full config is in the file, the reduced one in the API', () => {
    for (const row of sampleRows().filter(({ config, files }) => config && files)) {
      const repo = store.find(row.id);
      const file = repo && fileOf(repo, 'config.json');
      if (!file) continue;
      const text = new TextDecoder().decode(file.source.read(0, file.size));
      expect(JSON.parse(text)).toEqual(row.config);
      expect(repo?.fields.config).not.toHaveProperty('num_hidden_layers');
    }
  });
});

describe('rows', () => {
  const weights = {
    id: 'acme/w',
    library: 'transformers',
    files: [['model.safetensors']],
  } as const;
  const row = { ...weights, files: weights.files.map(([path]): [string] => [path]) };

  test('are the same in every run', () => {
    expect(repoOfRow(row).fields).toEqual(repoOfRow(row).fields);
    // The start of the id's sha1.
    expect(repoOfRow(row).key).toBe('2b33df769efdbd038d95bed4');
  });

  test('weights of unknown size are small, or an estimate when asked for', () => {
    const counted = { ...row, safetensors: { BF16: 1000, F32: 10 } };
    expect(repoOfRow(counted).files[0]?.size).toBe(64 * 1024);
    expect(repoOfRow(counted, { estimateSizes: true }).files[0]?.size).toBe(2040);
    const gguf = {
      id: 'acme/g',
      gguf: { total: 8000 },
      files: [['a-Q4_0.gguf'], ['a-F16.gguf'], ['a-Q8_0-00001-of-00002.gguf']] as [string][],
    };
    const sizes = repoOfRow(gguf, { estimateSizes: true }).files.map(({ size }) => size);
    expect(sizes).toEqual([16_000, 4500, 4250]);
    const named = repoOfRow({ ...gguf, id: 'acme/g-1.5B-GGUF', gguf: {} }, { estimateSizes: true });
    expect(named.files[0]?.size).toBe(3_000_000_000);
  });

  test('a row without files is an empty repository', () => {
    expect(repoOfRow({ id: 'acme/empty' }).fields.siblings).toEqual([]);
  });

  test('real bytes have their true digest at any size', () => {
    const bytes = new Uint8Array(5 * 1024 * 1024).fill(7);
    const repo = repoOfExtra({ id: 'acme/real', files: { 'w.bin': bytes } });
    const file = fileOf(repo, 'w.bin');
    expect(file && file.sha256() === sha256Of(file.source)).toBe(true);
  });

  test('a commit needs at least seven digits', () => {
    const repo = repoOfRow(row);
    expect(commitOf(repo, repo.sha.slice(0, 7))).toBe(repo.sha);
    expect(commitOf(repo, repo.sha.slice(0, 6))).toBeUndefined();
    expect(commitOf(repo, 'constructor')).toBeUndefined();
  });

  test('an adapter names its base in the reduced config', () => {
    const baseModel = { relation: 'adapter', id: 'acme/base' };
    const { fields } = repoOfRow({ id: 'acme/lora', library: 'peft', baseModel });
    expect(fields.config).toMatchObject({ peft: { base_model_name_or_path: 'acme/base' } });
  });
});
