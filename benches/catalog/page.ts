// What runs in a page of a browser: one engine, asked the same.
import type { CatalogManifest } from '../../ts/catalog/catalog-files.ts';
import type { Peer } from './engine.ts';
import { crossfilter2 } from './engines/crossfilter.ts';
import { duckdb } from './engines/duckdb.ts';
import { same, worker } from './engines/hubfit.ts';
import { itemsjs } from './engines/itemsjs.ts';
import { orama } from './engines/orama.ts';
import { sqljs } from './engines/sqljs.ts';
import { minisearch, ufuzzy } from './engines/text-only.ts';
import { typedArrays } from './engines/typed-arrays.ts';
import { type Measured, measure } from './measure.ts';
import type { Names } from './names.ts';
import { makeRows } from './rows.ts';

const PEERS: Readonly<Record<string, Peer>> = {
  hubfit: same,
  'hubfit-worker': worker,
  'typed-arrays': typedArrays,
  duckdb,
  crossfilter: crossfilter2,
  sqljs,
  itemsjs,
  orama,
  minisearch,
  ufuzzy,
};

async function runEngine(name: string, rows: number, patience: number): Promise<Measured> {
  const peer = PEERS[name];
  if (!peer) throw new Error(`no engine "${name}" in the page`);
  const names = await json<Names>('names.json');
  const { questions, expected } = await json<{ questions: []; expected: [] }>('questions.json');
  const manifest = await json<CatalogManifest>('catalog.json');
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const file of name.startsWith('hubfit')
    ? manifest.tiers.flatMap((tier) => tier.files)
    : []) {
    files.set(file.name, new Uint8Array(await (await fetch(file.name)).arrayBuffer()));
  }
  const source = {
    count: rows,
    rows: () => makeRows({ rows, names }),
    snapshot: async () => ({ manifest, files }),
  };
  return measure({ peer, source, questions, expected, patience });
}

async function json<T>(name: string): Promise<T> {
  return (await (await fetch(name)).json()) as T;
}

Object.assign(globalThis, { runEngine });
