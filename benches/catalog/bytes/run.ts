// Bytes a model of a snapshot, by the part that takes them. Run: npx tsx benches/catalog/bytes/run.ts [--rows 100000] [--write]
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gunzipSync, gzipSync } from 'node:zlib';
import { buildCatalog } from '../../../ts/catalog/build-catalog.ts';
import { NAME_FIELDS, NAMES_FIELDS, NUMBER_FIELDS } from '../../../ts/catalog/catalog-fields.ts';
import { readNames } from '../read-names.ts';
import { lifelikeRows } from './lifelike.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    write: { type: 'boolean', default: false },
  },
});
const rows = Number(values.rows);

/** Sections of a shard by their field, as `src/catalog/snapshot/plan.rs` numbers them. */
const FIELDS: Readonly<Record<number, string>> = {
  0: 'names',
  1: 'base models',
  ...numbered(0x10, NAME_FIELDS),
  ...numbered(0x20, NAMES_FIELDS),
  ...numbered(0x40, NUMBER_FIELDS),
};

function numbered(first: number, fields: readonly string[]): Record<number, string> {
  return Object.fromEntries(fields.map((field, at) => [first + at, field]));
}

const pack = promisify(brotliCompress);
const packed = async (bytes: Uint8Array): Promise<number> =>
  (
    await pack(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    })
  ).length;

function* models() {
  for (const row of lifelikeRows(rows, names)) yield { row };
}
const names = readNames();
const { files, manifest } = await buildCatalog(models());
let [raw, gzip] = [0, 0];
let brotli = await packed(new TextEncoder().encode(JSON.stringify(manifest)));
const parts = new Map<string, number>();
for (const file of files.values()) {
  const shard = gunzipSync(file);
  raw += shard.length;
  gzip += gzipSync(shard, { level: 9 }).length;
  brotli += await packed(shard);
  for (const { field, bytes } of sections(shard)) {
    parts.set(field, (parts.get(field) ?? 0) + (await packed(bytes)));
  }
}

/** What a shard has for each field: a table behind its head of 44 bytes. */
function* sections(shard: Buffer): Generator<{ field: string; bytes: Buffer }> {
  for (let left = shard.readUInt32LE(40), at = 44; left > 0; left -= 1, at += 12) {
    const [start, length] = [shard.readUInt32LE(at + 4), shard.readUInt32LE(at + 8)];
    const field = FIELDS[shard[at] ?? 0] ?? 'others';
    yield { field, bytes: shard.subarray(start, start + length) };
  }
}

const each = (bytes: number): string => (bytes / rows).toFixed(2);
const sorted = [...parts].sort(([, one], [, other]) => other - one);
const table = [
  `${rows.toLocaleString('en')} rows; names from ${names.more ? 'the sample and larger lists' : 'the sample alone'}. Bytes a model:`,
  '',
  '| | as it is | gzip | Brotli 11 |',
  '|---|--:|--:|--:|',
  `| **snapshot** | ${each(raw)} | ${each(gzip)} | **${each(brotli)}** |`,
  ...sorted.map(([field, bytes]) => `| ${field} | | | ${each(bytes)} |`),
].join('\n');
console.log(table);
if (values.write) {
  const path = fileURLToPath(new URL('README.md', import.meta.url));
  const [head] = readFileSync(path, 'utf8').split('<!-- results -->');
  writeFileSync(path, `${head}<!-- results -->\n\n${table}\n`);
}
