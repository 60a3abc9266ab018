import type { Rows } from './rows.ts';
import { rowsAsCsv } from './rows-as-csv.ts';
import { rowsAsJson } from './rows-as-json.ts';
import { rowsAsNdjson } from './rows-as-ndjson.ts';
import { rowsAsParquet } from './rows-as-parquet.ts';
import { rowsAsYaml } from './rows-as-yaml.ts';

/** What rows can be exported as. */
export type ExportFormat = 'json' | 'ndjson' | 'csv' | 'yaml' | 'parquet';

type Export = (rows: Rows) => AsyncGenerator<string | Uint8Array>;

const FORMATS: Readonly<Record<ExportFormat, Export>> = {
  json: rowsAsJson,
  ndjson: rowsAsNdjson,
  csv: rowsAsCsv,
  yaml: rowsAsYaml,
  parquet: rowsAsParquet,
};

/** All of them. */
export const EXPORT_FORMATS = Object.keys(FORMATS) as ExportFormat[];

/** Rows as a file of a format, piece by piece: no more than some thousand rows are held at a time. */
export function exportRows(
  rows: Rows,
  { format }: { format: ExportFormat },
): AsyncGenerator<string | Uint8Array> {
  return FORMATS[format](rows);
}
