import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { EXPORT_FORMATS, type ExportFormat, exportRows } from '../catalog/export/export-rows.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { openWhole } from './open-whole.ts';

interface ExportOptions {
  format?: ExportFormat;
  out?: string;
}

/** `hubfit catalog export`. */
export function addCatalogExport(catalog: Command): void {
  catalog
    .command('export')
    .description('all rows of a snapshot, for DuckDB, spreadsheets and scripts')
    .argument('<snapshot>', 'a folder, or the URL of one')
    .addOption(new Option('--format <name>', 'what to write').choices(EXPORT_FORMATS))
    .option('--out <file>', 'where to; its name says the format (default: standard output)')
    .action(runExport);
}

async function runExport(snapshot: string, { format, out }: ExportOptions): Promise<void> {
  const wanted = format ?? formatOf(out);
  const catalog = await openWhole(snapshot);
  const target: Writable = out === undefined ? process.stdout : createWriteStream(out);
  const pieces = Readable.from(exportRows(catalog.rows(), { format: wanted }), {
    objectMode: true,
  });
  await pipeline(pieces, target, { end: out !== undefined });
}

function formatOf(out: string | undefined): ExportFormat {
  if (out === undefined) return 'ndjson';
  const [, ending = ''] = /\.(\w+)$/.exec(out.toLowerCase()) ?? [];
  const name = { jsonl: 'ndjson', yml: 'yaml' }[ending] ?? ending;
  const format = EXPORT_FORMATS.find((one) => one === name);
  if (format) return format;
  const known = EXPORT_FORMATS.join(', ');
  throw new HubfitError('invalid_argument', `--out ${out}: expected a name that ends in ${known}`);
}
