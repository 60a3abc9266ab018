import { stringify } from 'csv-stringify/sync';
import { ROW_COLUMNS } from './row-columns.ts';
import type { Rows } from './rows.ts';

/** Rows under a line of names (RFC 4180); names of one field have `|` between them. */
export async function* rowsAsCsv(rows: Rows): AsyncGenerator<string> {
  yield stringify([ROW_COLUMNS.map(({ name }) => name)]);
  for await (const row of rows) {
    const cells = ROW_COLUMNS.map(({ name }) => row[name]);
    yield stringify([cells.map((cell) => (Array.isArray(cell) ? cell.join('|') : cell))]);
  }
}
