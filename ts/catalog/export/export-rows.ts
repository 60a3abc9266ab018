import type { Rows } from './rows.ts';
import { rowsAsCsv } from './rows-as-csv.ts';
import { rowsAsJson } from './rows-as-json.ts';
import { rowsAsNdjson } from './rows-as-ndjson.ts';
import { rowsAsParquet } from './rows-as-parquet.ts';
import { rowsAsYaml } from './rows-as-yaml.ts';

const FORMATS = {
  json: rowsAsJson,
  ndjson: rowsAsNdjson,
  csv: rowsAsCsv,
  yaml: rowsAsYaml,
  parquet: rowsAsParquet,
} as const;

/** What rows can be exported as. */
export type ExportFormat = keyof typeof FORMATS;

/** All of them. */
export const EXPORT_FORMATS = Object.keys(FORMATS) as ExportFormat[];

/** Rows as a file of a format, piece by piece: no more than some thousand rows are held at a time. */
export function exportRows(
  rows: Rows,
  { format }: { format: ExportFormat },
): AsyncGenerator<string | Uint8Array> {
  return FORMATS[format](rows);
}
