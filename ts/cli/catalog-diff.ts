import type { Command } from 'commander';
import type { CatalogManifest } from '../catalog/catalog-files.ts';
import { diffCatalogs } from '../catalog/diff-catalogs.ts';
import { snapshotSource } from '../catalog/snapshot-source.ts';
import { writeCatalog } from './catalog-build.ts';
import { bytes, counted } from './in-words.ts';
import { withProgress } from './progress.ts';

interface DiffOptions {
  out?: string;
  json?: boolean;
}

/** `hubfit catalog diff`. */
export function addCatalogDiff(catalog: Command): void {
  catalog
    .command('diff')
    .description('what is new, other and gone between two snapshots')
    .argument('<old>', 'a folder, or the URL of one')
    .argument('<new>', 'another')
    .option(
      '--out <folder>',
      'write the difference, and a manifest that adds it to the old files: they belong beside it',
    )
    .option('--json', 'JSON on standard output')
    .action(runDiff);
}

async function runDiff(one: string, other: string, options: DiffOptions): Promise<void> {
  const { manifest } = await snapshotSource(one, {});
  const found = await withProgress(`comparing ${one} and ${other}`, () => diffCatalogs(one, other));
  const { name, file, tier, size, ...counts } = found;
  if (options.out !== undefined) {
    const next: CatalogManifest = {
      ...manifest,
      created: new Date().toISOString(),
      rows: size,
      tiers: [...manifest.tiers, tier],
    };
    await writeCatalog(options.out, {
      manifest: next,
      files: new Map([[name, file]]),
    });
  }
  const out = options.json
    ? JSON.stringify({ ...counts, bytes: file.length }, undefined, 2)
    : `${counted(counts.added)} new, ${counted(counts.changed)} changed, ${counted(counts.removed)} gone; ${bytes(file.length)}`;
  process.stdout.write(`${out}\n`);
}
