// The knowledge base through the boundary.
import { createRequire } from 'node:module';
import { beforeEach, describe, expect, test } from 'vitest';
import { HubfitError, listRuntimes, loadFacts, runtimeSupport } from '../../ts/index.ts';

const require = createRequire(import.meta.url);
const packed: Uint8Array = require('../../pkg-node/facts.js').embedded_facts();

/** Packs tables without an owner as `src/facts/pack.rs` describes it; no count reaches 128. */
function packFacts(tables: { name: string; columns: string[]; rows: string[][] }[]): Uint8Array {
  const all = tables.flatMap(({ name, columns, rows }) => [name, ...columns, ...rows.flat()]);
  const names = [...new Set(['', ...all])].sort();
  const place = (name: string): number => names.indexOf(name);
  const heads = tables.flatMap(({ name, columns, rows }) => {
    const head = ['', name, '', ''].map(place);
    return [...head, 0, 0, columns.length, ...columns.map(place), rows.length];
  });
  const cells = tables.flatMap(({ columns, rows }) =>
    columns.flatMap((_, at) => {
      const values = rows.map((row) => place(row[at] ?? ''));
      const distinct = [...new Set(values)].sort((one, other) => one - other);
      const steps = distinct.map((value, before) => value - (distinct[before - 1] ?? 0));
      return [distinct.length, ...steps, 0, ...values.map((value) => distinct.indexOf(value))];
    }),
  );
  const text = Buffer.from(names.map((name) => `${name}\n`).join(''));
  const shared = names.map(() => 0);
  const body = [0, names.length, ...shared, ...text, tables.length, ...heads, ...cells];
  const bytes = Uint8Array.from([...Buffer.from('hubfit facts'), 2, ...Array(8).fill(0), ...body]);
  let sum = 0xcbf29ce484222325n;
  for (const byte of body) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  new DataView(bytes.buffer).setBigUint64(13, sum, true);
  return bytes;
}

/** What a call throws. */
function thrown(call: () => unknown): HubfitError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(HubfitError);
    return error as HubfitError;
  }
  throw new Error('expected an error');
}

describe('runtimes', () => {
  test('are listed with releases and lists', () => {
    const runtimes = listRuntimes();
    expect(runtimes.length).toBeGreaterThan(20);
    const llama = runtimes.find(({ id }) => id === 'llama.cpp');
    expect(llama).toMatchObject({
      title: 'llama.cpp',
      scheme: 'llama.cpp',
      confidence: 'registry',
      complete: false,
    });
    expect(llama?.aliases).toContain('llama-server');
    expect(llama?.releases[0]).toEqual({
      version: 'b2487',
      artefact: 'npm:node-llama-cpp@2.8.9',
      month: '2024-03',
    });
    expect(llama?.tables.find(({ name }) => name === 'architectures')).toMatchObject({
      role: 'support',
      columns: ['gguf-architecture', 'kind'],
      source: expect.stringContaining('src/llama-arch.cpp'),
    });
  });

  test('have an id that finds them', () => {
    for (const { id, title, aliases } of listRuntimes()) {
      for (const runtime of [id, title, ...aliases]) {
        expect(runtimeSupport({ runtime, name: '' }).runtime).toBe(id);
      }
    }
  });
});

describe('support', () => {
  test('of a name, in all lists, with interval and source', () => {
    const found = runtimeSupport({ runtime: 'llama.cpp', version: 'b2487', name: 'afmoe' });
    expect(found).toMatchObject({
      runtime: 'llama.cpp',
      version: 'b2487',
      artefact: 'npm:node-llama-cpp@2.8.9',
      near: [],
    });
    expect(found.note).toBeNull();
    expect(found.rows.find(({ table }) => table === 'architectures')).toEqual({
      table: 'architectures',
      columns: ['gguf-architecture', 'kind'],
      cells: ['afmoe', 'model'],
      status: 'not_yet',
      since: '~b7324'.slice(1),
      sinceBound: 'sampled',
      until: null,
      untilBound: null,
      source: expect.stringContaining('LLM_ARCH_NAMES'),
    });
    expect(found.rows.map(({ table }) => table)).toContain('conversion');
  });

  test('with the version in the name, or the newest that was read', () => {
    const name = 'llama';
    expect(runtimeSupport({ runtime: 'llama.cpp@b2487', name }).version).toBe('b2487');
    const newest = listRuntimes()
      .find(({ id }) => id === 'llama.cpp')
      ?.releases.at(-1)?.version;
    expect(runtimeSupport({ runtime: 'llama.cpp', name }).version).toBe(newest);
  });

  test('at a version that was not read says so', () => {
    const note = (version: string) => runtimeSupport({ runtime: 'vllm', version, name: 'x' }).note;
    expect(note('99.0')).toContain('newer than the newest release read');
    expect(note('0.0.1')).toContain('older than the first release read');
  });

  test('of a name that no list has suggests others', () => {
    const found = runtimeSupport({ runtime: 'vllm', name: 'LlamaForCausalM' });
    expect(found.rows).toEqual([]);
    expect(found.near).toContain('LlamaForCausalLM');
  });

  test.each([
    [{ runtime: 'vlm', name: 'x' }, 'near: vllm'],
    [{ runtime: 'vllm', version: 'newest', name: 'x' }, 'expected a version such as'],
  ])('%o is an error that helps', (asked, text) => {
    const error = thrown(() => runtimeSupport(asked));
    expect(error.code).toBe('invalid_argument');
    expect(error.message).toContain(text);
  });
});

describe('facts can be replaced', () => {
  beforeEach(() => loadFacts(packed));

  test('by the same, as bytes or as a buffer', () => {
    const before = listRuntimes();
    loadFacts(packed.slice().buffer);
    expect(listRuntimes()).toEqual(before);
  });

  test('by others', () => {
    const columns = ['id', 'title', 'scheme', 'confidence', 'complete', 'version_of'];
    const rows = [['engine', 'Engine', 'semver', 'registry', 'true', '-']];
    loadFacts(packFacts([{ name: 'runtimes', columns, rows }]));
    expect(listRuntimes()).toMatchObject([{ id: 'engine', releases: [], tables: [] }]);
    expect(thrown(() => runtimeSupport({ runtime: 'vllm', name: 'x' })).message).toContain(
      'there are: engine',
    );
  });

  test('and what is damaged is refused whole: those in use stay', () => {
    const before = listRuntimes();
    const damaged = packed.slice();
    damaged[5000] = (damaged[5000] ?? 0) ^ 1;
    const newer = packed.slice();
    newer[12] = 9;
    for (const [bytes, text] of [
      [damaged, 'damaged'],
      [packed.subarray(0, 5000), 'cut off'],
      [newer, 'expected format 2, found 9'],
      [new Uint8Array(), 'starts with'],
    ] as const) {
      const error = thrown(() => loadFacts(bytes));
      expect(error.code).toBe('invalid_file');
      expect(error.message).toContain(text);
    }
    expect(listRuntimes()).toEqual(before);
  });
});
