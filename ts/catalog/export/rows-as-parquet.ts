import type { SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { CatalogRow } from '../catalog-row.ts';
import { ROW_COLUMNS, type RowColumn } from './row-columns.ts';
import type { Rows } from './rows.ts';

/** Rows of a row group: what is held at a time. */
const GROUP = 10_000;

/** Rows as a Parquet file (Snappy): lists as lists, times as timestamps, what is not known as null. */
export async function* rowsAsParquet(rows: Rows): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schema() });
  let group: CatalogRow[] = [];
  for await (const row of rows) {
    group.push(row);
    if (group.length < GROUP) continue;
    writer.write({ columnData: columns(group), rowGroupSize: GROUP });
    group = [];
    yield taken(bytes);
  }
  if (group.length > 0) writer.write({ columnData: columns(group), rowGroupSize: GROUP });
  writer.finish();
  yield taken(bytes);
}

/** What was written since the last time. */
function taken(bytes: ByteWriter): Uint8Array<ArrayBuffer> {
  const written = Uint8Array.from(bytes.getBytes());
  bytes.index = 0;
  return written;
}

function columns(rows: readonly CatalogRow[]): { name: string; data: unknown[] }[] {
  return ROW_COLUMNS.map((column) => ({ name: column.name, data: rows.map(cellOf(column)) }));
}

function cellOf({ name, holds }: RowColumn): (row: CatalogRow) => unknown {
  if (holds === 'count') {
    return ({ [name]: count }) => (typeof count === 'number' ? BigInt(count) : undefined);
  }
  if (holds === 'time') {
    return ({ [name]: seconds }) =>
      typeof seconds === 'number' ? new Date(seconds * 1000) : undefined;
  }
  return (row) => row[name];
}

function schema(): SchemaElement[] {
  const root: SchemaElement = { name: 'models', num_children: ROW_COLUMNS.length };
  return [root, ...ROW_COLUMNS.flatMap(elements)];
}

function elements({ name, holds }: RowColumn): SchemaElement[] {
  const repetition_type = name === 'id' ? 'REQUIRED' : 'OPTIONAL';
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
  switch (holds) {
    case 'text':
      return [{ name, repetition_type, ...text }];
    case 'texts':
      return [
        { name, repetition_type, converted_type: 'LIST', num_children: 1 },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', repetition_type: 'OPTIONAL', ...text },
      ];
    case 'count':
      return [{ name, repetition_type, type: 'INT64' }];
    case 'time':
      return [{ name, repetition_type, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' }];
    default:
      return [{ name, repetition_type, type: 'DOUBLE' }];
  }
}
