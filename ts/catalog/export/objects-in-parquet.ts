import {
  type AsyncBuffer,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { HubfitError } from '../../core/hubfit-error.ts';
import { CATALOG_FIELDS } from '../listing-fields.ts';
import { ROW_COLUMNS } from './row-columns.ts';

/** Columns that the dataset `cfahlgren1/hub-stats` has beside those of a listing. */
const MORE_COLUMNS = ['author', 'baseModels', 'model-index'] as const;

const WANTED: ReadonlySet<string> = new Set([
  ...CATALOG_FIELDS,
  ...MORE_COLUMNS,
  ...ROW_COLUMNS.map(({ name }) => name),
]);

/**
 * The rows of a Parquet file as objects, one row group after the other: of the public dataset `cfahlgren1/hub-stats`
 * (models), or of what a catalog was exported to. Columns that no row of a catalog is made of are not read.
 *
 * @throws {HubfitError} `invalid_file` for what is no Parquet, or has no ids
 */
export async function* objectsInParquet(
  file: AsyncBuffer,
): AsyncGenerator<Record<string, unknown>> {
  const metadata = await right(() => parquetMetadataAsync(file));
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  if (!names.includes('id')) {
    throw new HubfitError('invalid_file', 'Parquet: expected a column "id"');
  }
  const columns = names.filter((name) => WANTED.has(name));
  let rowStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows);
    const rows = await right(() =>
      parquetReadObjects({ file, metadata, columns, rowStart, rowEnd, compressors }),
    );
    for (const row of rows) yield plain(row) as Record<string, unknown>;
    rowStart = rowEnd;
  }
}

async function right<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new HubfitError('invalid_file', `Parquet: cannot be read: ${why}`, { cause: error });
  }
}

/** As the Hub's JSON would have it: numbers, ISO times, no nulls; maps as objects. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (Array.isArray(value))
    return isMap(value) ? plain(Object.fromEntries(value.map(pair))) : value.map(plain);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value).map(([key, one]) => [key, plain(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}

function isMap(list: unknown[]): boolean {
  const isPair = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && Object.keys(one).sort().join() === 'key,value';
  return list.length > 0 && list.every(isPair);
}

function pair(one: { key: unknown; value: unknown }): [string, unknown] {
  return [String(one.key), one.value];
}
