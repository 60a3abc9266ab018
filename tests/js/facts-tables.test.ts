// Every table of facts/ keeps the form that facts/README.md promises, and every row tells where it comes from.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'smol-toml';
import { describe, expect, test } from 'vitest';

type Table = { columns: string[]; source: string; role: string };
type Source = {
  title: string;
  scheme: string;
  confidence: string;
  packages?: { registry: string; name: string }[];
  tables?: Record<string, Table>;
};

const facts = new URL('../../facts/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, facts), 'utf8');
const list = (path: string, ending: string): string[] =>
  readdirSync(new URL(path, facts)).filter((file) => file.endsWith(ending));

const sources = parse(read('sources.toml')) as unknown as Record<string, Source>;
const sourced = Object.entries(sources).filter(([, { packages }]) => packages);
const tables = sourced.flatMap(([id, { tables: of = {} }]) =>
  Object.entries(of).map(([name, table]) => ({
    id,
    name,
    table,
    path: `tables/${id}/${name}.tsv`,
  })),
);
const written = list('written/', '.tsv');
const ROLES = ['support', 'alias', 'quantization', 'format', 'feature', 'limit', 'requires'];

/** The comment lines, the names of the columns, and the rows. */
function open(path: string): { notes: string[]; columns: string[]; rows: string[][] } {
  const text = read(path);
  expect(text.endsWith('\n'), `${path} ends with a newline`).toBe(true);
  const lines = text.slice(0, -1).split('\n');
  const notes = lines.filter((line) => line.startsWith('#'));
  const [columns = [], ...rows] = lines.slice(notes.length).map((line) => line.split('\t'));
  return { notes, columns, rows };
}

/** The versions of a lock that were read, oldest first, each once. */
function versionsOf(id: string): string[] {
  const { columns, rows } = open(`locks/${id}.lock`);
  expect(columns).toEqual(['version', 'package', 'release', 'file', 'bytes', 'sha256', 'date']);
  const versions = rows.filter(([, , , file]) => file !== '-').map(([version = '']) => version);
  return [...new Set(versions)];
}

/** Same width, no empty cell, no row twice; sorted by bytes without the last `bounds` cells. */
function expectForm(path: string, bounds = 0): void {
  const { columns, rows } = open(path);
  expect(rows.length, `${path} has rows`).toBeGreaterThan(0);
  const lines = rows.map((row) => row.join('\t'));
  const isSound = (row: string[]) =>
    row.length === columns.length && row.every((cell) => cell.trim() === cell && cell !== '');
  expect(rows.filter((row) => !isSound(row))).toEqual([]);
  const keys = rows.map((row) => row.slice(0, row.length - bounds).join('\t'));
  expect(keys, `${path} is sorted`).toEqual([...keys].sort());
  expect(new Set(lines).size, `${path} repeats no row`).toBe(lines.length);
}

test('every source is complete, and its folder holds its tables and nothing else', () => {
  expect(sourced.length).toBeGreaterThan(15);
  for (const [id, source] of Object.entries(sources)) {
    expect(['semver', 'pep440', 'llama.cpp']).toContain(source.scheme);
    expect(['registry', 'documentation']).toContain(source.confidence);
    const names = Object.keys(source.tables ?? {}).map((name) => `${name}.tsv`);
    const folder = new URL(`tables/${id}/`, facts);
    expect(existsSync(folder) ? readdirSync(folder).sort() : [], id).toEqual(names.sort());
  }
});

test('every lock names one artefact per release that was read, with its hash', () => {
  for (const [id, { packages = [] }] of sourced) {
    const { rows } = open(`locks/${id}.lock`);
    const known = packages.map(({ registry, name }) => `${registry}:${name}`);
    expect(new Set(rows.map(([, from, release]) => `${from}@${release}`)).size).toBe(rows.length);
    for (const [version, from = '', , file, bytes, sha256] of rows) {
      expect(known).toContain(from);
      if (file === '-') continue;
      expect(version).not.toBe('-');
      expect(Number(bytes)).toBeGreaterThan(0);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  }
});

describe('generated tables', () => {
  test.each(tables)('$id $name', ({ id, path, table }) => {
    expectForm(path, 2);
    const { notes, columns, rows } = open(path);
    expect(columns).toEqual([...table.columns, 'since', 'until']);
    expect(ROLES).toContain(table.role);
    expect(notes[1], 'the note names the source').toBe(`# source: ${table.source}`);
    const order = new Map(versionsOf(id).map((version, at) => [version, at]));
    const index = (bound = '') => order.get(bound.replace(/^~/, '')) ?? Number.NaN;
    const intervals = rows.map((row) => ({
      key: row.slice(0, -2).join('\t'),
      start: index(row.at(-2)),
      end: row.at(-1) === '-' ? order.size : index(row.at(-1)),
    }));
    expect(intervals.filter(({ start, end }) => !(start < end))).toEqual([]);
    const touches = intervals.filter(({ key, start }, at) => {
      const before = intervals[at - 1];
      return before?.key === key && start <= before.end;
    });
    expect(touches, 'intervals of one row lie apart').toEqual([]);
  });

  test('the runtimes that matter most reach back, with six versions and more', () => {
    for (const id of 'llama.cpp vllm sglang transformers mlx-lm transformers.js candle'.split(
      ' ',
    )) {
      expect(versionsOf(id).length, id).toBeGreaterThanOrEqual(6);
    }
  });

  test('names across namespaces are names of the tables', () => {
    expectForm('tables/aliases.tsv');
    const { rows } = open('tables/aliases.tsv');
    const column = (path: string, at: number) => new Set(open(path).rows.map((row) => row[at]));
    const types = column('tables/transformers/architectures.tsv', 1);
    const ggufs = column('tables/llama.cpp/conversion.tsv', 1);
    const modules = column('tables/mlx-lm/modules.tsv', 0);
    for (const [name = '', type = '', gguf = '', module = ''] of rows) {
      expect(type === '-' || types.has(type), `${name}: ${type}`).toBe(true);
      expect(gguf === '-' || ggufs.has(gguf), `${name}: ${gguf}`).toBe(true);
      expect(module === '-' || modules.has(module), `${name}: ${module}`).toBe(true);
    }
  });
});

describe('hand-written tables', () => {
  const ids = new Set(open('written/sources.tsv').rows.map(([id]) => id));
  const runtimes = new Set([...Object.keys(sources), '*']);

  test.each(written)('%s', (file) => {
    const path = `written/${file}`;
    expectForm(path);
    const { columns, rows } = open(path);
    const cell = (row: string[], name: string) => row[columns.indexOf(name)] ?? '';
    for (const row of rows) {
      if (columns.includes('source')) {
        const [id = '', ...place] = cell(row, 'source').split(': ');
        expect(ids, `${path}: ${row.join(' ')}`).toContain(id);
        expect(place.join(': ')).not.toBe('');
      }
      if (columns.includes('runtime')) expect(runtimes, path).toContain(cell(row, 'runtime'));
      if (columns.includes('confidence')) {
        expect(['code', 'documented', 'reported']).toContain(cell(row, 'confidence'));
      }
      for (const bound of ['since', 'until'].filter((name) => columns.includes(name))) {
        expectBound(cell(row, 'runtime'), cell(row, bound), `${path}: ${row.join(' ')}`);
      }
    }
  });

  test('every id is used, and used once', () => {
    const cited = written.flatMap((file) => {
      const { columns, rows } = open(`written/${file}`);
      const at = columns.indexOf('source');
      return at < 0 ? [] : rows.map((row) => row[at]?.split(': ')[0]);
    });
    expect([...ids].filter((id) => !cited.includes(id))).toEqual([]);
    const { rows } = open('written/constraints.tsv');
    expect(new Set(rows.map(([id]) => id)).size).toBe(rows.length);
  });

  test('every runtime runs somewhere', () => {
    const placed = new Set(open('written/platforms.tsv').rows.map(([runtime]) => runtime));
    expect(Object.keys(sources).filter((id) => !placed.has(id))).toEqual([]);
  });

  test('every licence has one class', () => {
    const { rows } = open('written/licenses.tsv');
    expect(new Set(rows.map(([id, key]) => `${key} ${id}`)).size).toBe(rows.length);
    const classes = new Set(rows.map((row) => row[2]));
    expect([...classes].sort()).toEqual(['non-commercial', 'open', 'restricted', 'unknown']);
  });

  test('overlays and conditions name tables that exist', () => {
    const known = tables.map(({ id, name }) => `${id}/${name}`);
    // What the generic backend of a server takes is a rule of its own, and no table.
    const generic = ['vllm', 'sglang'].map((id) => `${id}/transformers-backend`);
    for (const [runtime, table] of open('written/overlays.tsv').rows) {
      expect([...known, ...generic]).toContain(`${runtime}/${table}`);
    }
    const conditions = open('written/constraints.tsv').rows.map((row) => row[4] ?? '');
    for (const [, table] of conditions.join(' ').matchAll(/table!?=(\S+)/g)) {
      expect(known).toContain(table);
    }
  });
});

/** A bound names a version of the runtime's lock, where there is one. */
function expectBound(runtime: string, bound: string, where: string): void {
  if (bound === '-') return;
  expect(sources[runtime]?.packages, `${where}: a bound needs versions`).toBeDefined();
  expect(versionsOf(runtime), where).toContain(bound.replace(/^~/, ''));
}
