import type { Rows } from './rows.ts';

/** Rows as lines of JSON. */
export async function* rowsAsNdjson(rows: Rows): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}
