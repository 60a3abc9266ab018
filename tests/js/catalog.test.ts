// The catalog in Node: built, opened, asked; damaged snapshots; links.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  buildCatalog,
  type CatalogFiles,
  type CatalogQuery,
  decodeCatalogQuery,
  encodeCatalogQuery,
  fitBudget,
  type HFModel,
  openCatalog,
} from 'hubfit';
import { beforeAll, describe, expect, test } from 'vitest';
import { NAME_FIELDS, NAMES_FIELDS, NUMBER_FIELDS } from '../../ts/catalog/catalog-fields.ts';
import { modelRow } from '../../ts/catalog/model-row.ts';
import { randomOf, randomQuery, randomRows } from '../hosts/catalog-rows.ts';
import { checkCatalog } from '../hosts/check-catalog.ts';

const sample = JSON.parse(
  readFileSync(new URL('../../dist/sample.json', import.meta.url), 'utf8'),
) as HFModel[];

test('every answer equals that of a plain loop', async () => {
  const { checked, wrong } = await checkCatalog({ buildCatalog, openCatalog });
  expect(wrong).toBeUndefined();
  expect(checked).toBe(280);
});

describe('a catalog of real models', () => {
  let files: CatalogFiles;
  beforeAll(async () => {
    files = await buildCatalog(sample, { tiers: [50], created: new Date('2026-01-01') });
  });

  test('has a manifest that names files by what is in them', async () => {
    expect(files.manifest).toMatchObject({
      format: 'hubfit-catalog',
      version: 1,
      rows: sample.length,
    });
    expect(files.manifest.tiers.map(({ rows }) => rows)).toEqual([50, sample.length - 50]);
    const again = await buildCatalog(sample, { tiers: [50], created: new Date('2026-01-01') });
    expect(again.manifest).toEqual(files.manifest);
  });

  test('gives each model back as its row', async () => {
    const catalog = await openCatalog(files, { thread: 'same', whole: true });
    const model = sample.find(({ id }) => id.includes('Llama-3')) as HFModel;
    const { id, family, downloads } = modelRow(model);
    expect(catalog.get(model.id)).toMatchObject({ id, family, downloads });
    expect(catalog.get('nobody/nothing')).toBeUndefined();
    expect([...catalog.rows()]).toHaveLength(sample.length);
    catalog.close();
  });

  test('says that answers are partial until all is there', async () => {
    const catalog = await openCatalog(files, { thread: 'same', tiers: 1 });
    const { total, partial } = catalog.query();
    expect({ total, partial, size: catalog.size }).toEqual({ total: 50, partial: true, size: 50 });
    const whole = await openCatalog(files, { thread: 'same', whole: true });
    expect(whole.query().partial).toBe(false);
  });

  test('pages follow each other and leave nothing out', async () => {
    const catalog = await openCatalog(files, { whole: true });
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = after === undefined ? { limit: 100 } : { limit: 100, after };
      const { rows, next } = await catalog.query({ sort: ['likes'], page });
      ids.push(...rows.map(({ id }) => id));
      after = next;
    } while (after);
    expect(new Set(ids).size).toBe(sample.length);
    expect(ids).toHaveLength(sample.length);
  });

  test('knows what fits into a machine', async () => {
    const catalog = await openCatalog(files, { thread: 'same', whole: true });
    const count = (hardware: string): number =>
      catalog.query({ fit: fitBudget(hardware), where: { fit: 'full' } }).total;
    expect(count('8 GB GPU')).toBeLessThan(count('RTX 4090'));
    expect(count('RTX 4090')).toBeLessThan(count('M3 Max 128GB'));
  });

  test('a file that is damaged is refused, and what was there stays', async () => {
    const damaged = new Map(files.files);
    const [, second] = [...damaged.keys()] as [string, string];
    const bytes = Uint8Array.from(damaged.get(second) ?? []);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    damaged.set(second, bytes);
    const catalog = await openCatalog({ ...files, files: damaged }, { thread: 'same' });
    await expect(catalog.ready).rejects.toMatchObject({ code: 'invalid_file' });
    const { total, partial } = catalog.query();
    expect({ total, partial }).toEqual({ total: 50, partial: true });
  });

  test('what is no snapshot is refused with the reason', async () => {
    const refused = (source: unknown) =>
      expect(openCatalog(source as CatalogFiles)).rejects.toMatchObject({ code: 'invalid_file' });
    await refused({ manifest: {}, files: new Map() });
    await refused({ manifest: { ...files.manifest, version: 2 }, files: files.files });
    await refused({ manifest: { ...files.manifest, tiers: [] }, files: files.files });
    await refused(new Uint8Array(100));
    const missing = openCatalog({ ...files, files: new Map() });
    await expect(missing).rejects.toMatchObject({ code: 'entry_not_found' });
  });

  test('a folder is opened by its path', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hubfit-catalog-'));
    try {
      await writeFile(join(folder, 'catalog.json'), JSON.stringify(files.manifest));
      for (const [name, bytes] of files.files) await writeFile(join(folder, name), bytes);
      const catalog = await openCatalog(folder, { whole: true });
      expect(catalog.size).toBe(sample.length);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('wrong queries are told by their place', async () => {
    const catalog = await openCatalog(files, { thread: 'same' });
    const ask = (query: unknown) => () => catalog.query(query as CatalogQuery);
    for (const query of [
      { where: { tsk: 'x' } },
      { where: { parameters: { min: 'x' } } },
      { facets: ['nothing'] },
      { sort: [{ by: 'wish' }] },
      { page: { limit: -1 } },
      { fit: { gpu: 'much' } },
    ]) {
      expect(ask(query), JSON.stringify(query)).toThrow(
        expect.objectContaining({ code: 'invalid_argument' }),
      );
    }
    expect(ask({ where: { tsk: 'x' } })).toThrow(/task/);
  });
});

describe('a query as a link', () => {
  test('reads back as it was', () => {
    const random = randomOf(7);
    for (let round = 0; round < 300; round += 1) {
      const query = plain({ ...randomQuery(random), text: `llama ${round}`, group: 'base' });
      expect(plain(decodeCatalogQuery(encodeCatalogQuery(query)))).toEqual(query);
    }
  });

  test('is short and says what it means', () => {
    const link = encodeCatalogQuery({
      text: 'llama 3',
      where: { task: 'text-generation', parameters: { max: 8e9 }, license: ['mit', 'apache-2.0'] },
      sort: ['likes'],
    });
    expect(String(link)).toBe(
      'q=llama+3&task=text-generation&parameters.max=8000000000&license=mit&license=apache-2.0&sort=likes',
    );
  });

  test('leaves a page’s own parameters alone, and names what is wrong', () => {
    expect(decodeCatalogQuery('?utm_source=x&task=any')).toEqual({ where: { task: 'any' } });
    expect(() => decodeCatalogQuery('parameters.min=many')).toThrow(
      /parameters\.min: expected a number/,
    );
    expect(() => decodeCatalogQuery('where=[1]')).toThrow(/where: expected an object/);
  });

  /** Lists that ask for nothing are left out, and lists of one name read back as the name. */
  function plain(query: CatalogQuery): CatalogQuery {
    return JSON.parse(JSON.stringify(query), (key, value) => {
      if (Array.isArray(value) && value.length === 0) return undefined;
      const alone = Array.isArray(value) && value.length === 1 && typeof value[0] === 'string';
      if (alone && !['any', 'all', 'none', 'sort', 'facets'].includes(key)) return value[0];
      const empty =
        !/^\d+$/.test(key) && value && typeof value === 'object' && Object.keys(value).length === 0;
      return empty ? undefined : value;
    }) as CatalogQuery;
  }
});

test('fields have the names that the core knows', async () => {
  const files = await buildCatalog(randomRows(randomOf(1), 3).map((row) => ({ row })));
  const catalog = await openCatalog(files, { thread: 'same' });
  const fields = [...NAME_FIELDS, ...NAMES_FIELDS, ...NUMBER_FIELDS];
  const { facets } = catalog.query({ facets: fields });
  expect(facets.map(({ field }) => field)).toEqual(fields);
});
