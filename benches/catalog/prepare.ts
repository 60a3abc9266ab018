// What all engines of a run share, made once and kept in .cache: hubfit's files of the rows, and the right answers.
// Run by run.ts: npx tsx benches/catalog/prepare.ts ROWS FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { brotliCompress, constants, gunzipSync } from 'node:zlib';
import { buildCatalog } from '../../ts/catalog/build-catalog.ts';
import { makeQuestions } from './questions.ts';
import { readNames } from './read-names.ts';
import { expectedAnswers } from './reference.ts';
import { makeRows } from './rows.ts';

/** What `prepared.json` says. */
export interface Prepared {
  rows: number;
  /** Whether names came from the larger lists too. */
  moreNames: boolean;
  /** Milliseconds to make the rows alone, by the first of them. */
  making: number;
  /** Milliseconds to make the snapshot of them. */
  build: number;
  /** Bytes of all files: as they are, packed by gzip, packed by Brotli at level 11. */
  raw: number;
  gzip: number;
  brotli: number;
}

const [count = '0', folder = ''] = process.argv.slice(2);
const rows = Number(count);
const wanted = { rows, names: readNames() };
mkdirSync(folder, { recursive: true });

const questions = makeQuestions(wanted);
const began = performance.now();
let made = 0;
for (const _ of makeRows({ ...wanted, most: 20_000 })) made += 1;
const making = ((performance.now() - began) * rows) / made;
const source = { count: rows, rows: () => makeRows(wanted), snapshot: () => Promise.reject() };
const expected = expectedAnswers(source, questions);
writeFileSync(`${folder}/names.json`, JSON.stringify(wanted.names));
writeFileSync(`${folder}/questions.json`, JSON.stringify({ questions, expected }));

function* models() {
  for (const row of makeRows(wanted)) yield { row };
}
const start = performance.now();
const { manifest, files } = await buildCatalog(models());
const build = performance.now() - start;
for (const [name, bytes] of files) writeFileSync(`${folder}/${name}`, bytes);
writeFileSync(`${folder}/catalog.json`, JSON.stringify(manifest));

const all = [...files.values()].map((bytes) => gunzipSync(bytes));
const packed = await Promise.all(all.map(pack));
const sum = (list: readonly Uint8Array[]): number =>
  list.reduce((total, { length }) => total + length, 0);
const prepared: Prepared = {
  rows,
  moreNames: wanted.names.more,
  making,
  build,
  raw: sum(all),
  gzip: sum([...files.values()]),
  brotli: sum(packed),
};
writeFileSync(`${folder}/prepared.json`, JSON.stringify(prepared));

function pack(bytes: Uint8Array): Promise<Buffer> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return promisify(brotliCompress)(bytes, { params });
}
