// The two halves of the catalog's module: whoever only filters needs the first alone, and the second joins it when
// somebody searches.
import binaryen from 'binaryen';
import { buildCatalog } from 'hubfit';
import { describe, expect, test } from 'vitest';
import * as glue from '../../pkg-web/catalog.js';
import { loadCatalogCore } from '../../ts/catalog/load-catalog-core.ts';
import { LocalCatalog } from '../../ts/catalog/local-catalog.ts';
import { shardBytes } from '../../ts/catalog/shard-bytes.ts';
import { randomOf, randomQuery, randomRows } from '../hosts/catalog-rows.ts';
import { naiveAnswer, shortAnswer } from '../hosts/naive-catalog.ts';

type Split = (
  text: string,
  options: { isLater: (name: string) => boolean; laterExports: string[] },
) => { first: string; second: string };
const { splitWasm } = (await import(
  new URL('../../scripts/lib/split-wasm.mjs', import.meta.url).href
)) as { splitWasm: Split };

/** `now` adds 1 to what `later::double` makes of a number; both write into one memory. */
const WHOLE = `(module
  (type $unary (func (param i32) (result i32)))
  (memory $0 1)
  (global $calls (mut i32) (i32.const 0))
  (table $0 3 3 funcref)
  (elem (table $0) (i32.const 1) func $"now::closure" $"later::closure")
  (export "memory" (memory $0))
  (export "now" (func $now))
  (export "through" (func $through))
  (export "later_export" (func $later_export))
  (func $now (param i32) (result i32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (i32.add (i32.const 1) (call $"later::double" (local.get 0))))
  (func $through (param i32 i32) (result i32)
    (call_indirect (type $unary) (local.get 0) (local.get 1)))
  (func $"now::closure" (param i32) (result i32) (i32.add (local.get 0) (i32.const 10)))
  (func $"later::closure" (param i32) (result i32) (i32.add (local.get 0) (i32.const 20)))
  (func $"later::double" (param i32) (result i32)
    (call $count)
    (i32.store (i32.const 8) (local.get 0))
    (call $only_later (local.get 0)))
  (func $only_later (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2)))
  (func $later_export (param i32) (result i32) (call $count) (call $"now::closure" (global.get $calls)))
  (func $count (global.set $calls (i32.add (global.get $calls) (i32.const 1)))))`;
const LATER = {
  isLater: (name: string): boolean => name.startsWith('later::'),
  laterExports: ['later_export'],
};

describe('a module in halves', () => {
  const features = binaryen.Features.MutableGlobals | binaryen.Features.ReferenceTypes;
  const parsed = (text: string): ReturnType<typeof binaryen.parseText> => {
    const module = binaryen.parseText(text);
    module.setFeatures(features);
    return module;
  };
  const compiled = (text: string): WebAssembly.Module =>
    new WebAssembly.Module(parsed(text).emitBinary() as Uint8Array<ArrayBuffer>);
  const halves = (): { first: string; second: string } =>
    splitWasm(parsed(WHOLE).emitText(), LATER);
  type Exports = Record<'now' | 'through' | 'later_export', (...given: number[]) => number> & {
    memory: WebAssembly.Memory;
  };

  test('answers alone what needs the first, and traps where the second is missing', () => {
    const { first } = halves();
    const { now, through } = new WebAssembly.Instance(compiled(first)).exports as Exports;
    expect(now(0)).toBe(0);
    expect(through(5, 1)).toBe(15);
    expect(() => now(4)).toThrow(WebAssembly.RuntimeError);
    expect(() => through(5, 2)).toThrow(WebAssembly.RuntimeError);
  });

  test('answers all when the second has joined it, in one memory', () => {
    const { first, second } = halves();
    const exports = new WebAssembly.Instance(compiled(first)).exports as Exports;
    new WebAssembly.Instance(compiled(second), { first: exports });
    expect(exports.now(4)).toBe(9);
    expect(exports.through(5, 2)).toBe(25);
    expect(new DataView(exports.memory.buffer).getInt32(8, true)).toBe(4);
    expect(exports.later_export(0)).toBe(12);
  });

  test('leaves to the second what only that uses', () => {
    const { first, second } = halves();
    expect(first).not.toContain('$only_later');
    expect(second).toContain('(func $only_later');
    expect(second).toMatch(/\(import "first" "\w+" \(func \$now::closure /);
  });

  test('refuses an export that is not there', () => {
    const options = { ...LATER, laterExports: ['later_export', 'renamed'] };
    expect(() => splitWasm(parsed(WHOLE).emitText(), options)).toThrow('renamed');
  });
});

describe('the catalog in halves', () => {
  const rows = randomRows(randomOf(7), 300);

  async function opened(): Promise<{ catalog: LocalCatalog; join: () => Promise<void> }> {
    const core = await loadCatalogCore();
    core.give(() => {
      throw new Error('the second half was asked for');
    });
    const { manifest, files } = await buildCatalog(
      rows.map((row) => ({ row })),
      { tiers: [100] },
    );
    const catalog = new LocalCatalog(core);
    const names = manifest.tiers.flatMap((tier) => tier.files.map(({ name }) => name));
    for (const [place, name] of names.entries()) {
      const bytes = await shardBytes(name, files.get(name) as Uint8Array<ArrayBuffer>);
      catalog.add(bytes, place === names.length - 1);
    }
    return { catalog, join: async () => core.give(await core.second()) };
  }

  /** All that searches. */
  const searches: Record<string, (catalog: LocalCatalog) => unknown> = {
    text: (catalog) => catalog.query({ text: 'llama' }),
    correction: (catalog) => catalog.query({ text: 'qzxvwjk' }),
    prepare: (catalog) => catalog.prepare(1_000_000),
    suggest: (catalog) => catalog.suggest('l'),
    similar: (catalog) => catalog.similar(rows[0]?.id ?? ''),
    matrix: (catalog) => catalog.matrix(),
    pipelines: (catalog) => catalog.pipelines('text', 'image'),
    'trending tags': (catalog) => catalog.trendingTags(),
  };

  test('filters, counts, sorts and reads rows with the first alone', async () => {
    // Another instance, which the second has not joined.
    glue.initSync({ module: (await loadCatalogCore()).compiled() });
    glue.__wbg_reset_state();
    const { catalog } = await opened();
    const random = randomOf(8);
    for (let round = 0; round < 300; round += 1) {
      const query = randomQuery(random);
      expect(shortAnswer(catalog.query(query)), JSON.stringify(query)).toEqual(
        naiveAnswer(rows, query),
      );
    }
    for (let round = 0; round < 40; round += 1) catalog.query({ sort: ['likes'] });
    expect(catalog.query({ text: '' }).total).toBe(300);
    expect([...catalog.rows()]).toHaveLength(300);
    expect(catalog.get(rows[5]?.id ?? '')?.id).toBe(rows[5]?.id);
    expect(() => catalog.query({ facets: ['lisence' as 'license'] })).toThrow('license');
    for (const search of Object.values(searches)) {
      expect(() => search(catalog)).toThrow('the second half was asked for');
    }
    catalog.close();
  });

  test.each(Object.keys(searches))(
    '%s lets the second join, and again after a trap',
    async (name) => {
      for (let instance = 0; instance < 2; instance += 1) {
        glue.__wbg_reset_state();
        const { catalog, join } = await opened();
        await join();
        expect(searches[name]?.(catalog)).toBeDefined();
        catalog.close();
      }
    },
  );
});
