import type { Command } from 'commander';
import type { CatalogManifest } from '../catalog/catalog-files.ts';
import { snapshotSource } from '../catalog/snapshot-source.ts';
import { facetInText } from './catalog-query.ts';
import { bytes, counted } from './in-words.ts';
import { openWhole } from './open-whole.ts';
import { table } from './table.ts';

const FACETS = ['task', 'library', 'family', 'license', 'formats', 'quantizations'] as const;

/** `hubfit catalog stats`. */
export function addCatalogStats(catalog: Command): void {
  catalog
    .command('stats')
    .description('how large a snapshot is, and what it holds')
    .argument('<snapshot>', 'a folder, or the URL of one')
    .option('--json', 'JSON on standard output')
    .action(runStats);
}

async function runStats(snapshot: string, { json }: { json?: boolean }): Promise<void> {
  const { manifest } = await snapshotSource(snapshot, {});
  const catalog = await openWhole(snapshot);
  const facets = FACETS.map((field) => ({ field, top: 8 }));
  const answer = catalog.query({ facets, page: { limit: 0 } });
  const size = sizeOf(manifest);
  const known = { created: manifest.created, rows: answer.total, bytes: size };
  const out = json
    ? JSON.stringify({ ...known, tiers: manifest.tiers, facets: answer.facets }, undefined, 2)
    : [
        `${counted(answer.total)} models of ${manifest.created}, ${bytes(size)}`,
        tiersInText(manifest),
        ...answer.facets.map(facetInText),
      ].join('\n\n');
  process.stdout.write(`${out}\n`);
}

function sizeOf({ tiers }: CatalogManifest): number {
  return tiers.flatMap(({ files }) => files).reduce((sum, file) => sum + file.bytes, 0);
}

function tiersInText(manifest: CatalogManifest): string {
  const rows = manifest.tiers.map(({ rows, files }, place) => {
    const size = files.reduce((sum, file) => sum + file.bytes, 0);
    const each = rows > 0 ? (size / rows).toFixed(1) : '–';
    return [String(place), counted(rows), String(files.length), bytes(size), each];
  });
  return table(['tier', 'models', 'files', 'size', 'bytes a model'], rows);
}
