import type { CatalogFile, CatalogTier } from './catalog-files.ts';
import type { LocalCatalog } from './local-catalog.ts';
import { openCatalog } from './open-catalog.ts';
import type { CatalogSource } from './snapshot-source.ts';
import { writeFiles } from './write-files.ts';

/** How two snapshots differ. */
export interface CatalogDifference {
  /** Models that only the new one has. */
  added: number;
  /** Models that are in both, and not the same. */
  changed: number;
  /** Models that only the old one has. */
  removed: number;
  /** Models of the new one. */
  size: number;
  /** The name of the file. */
  name: string;
  /** A file that makes the old snapshot the new one. */
  file: Uint8Array<ArrayBuffer>;
  /** How a manifest lists it: as the last tier, behind those of the old snapshot. */
  tier: CatalogTier;
}

/**
 * What makes one snapshot another: a file that whoever has the old one needs alone.
 *
 * @throws {HubfitError} `limit_exceeded` where so much is new that a whole snapshot is better
 */
export async function diffCatalogs(
  old: CatalogSource,
  next: CatalogSource,
): Promise<CatalogDifference> {
  const options = { thread: 'same', whole: true } as const;
  const before = (await openCatalog(old, options)) as LocalCatalog;
  const after = (await openCatalog(next, options)) as LocalCatalog;
  try {
    const shard = before.changesTo(after);
    const ids = new Set<string>();
    for (const { id } of before.rows()) ids.add(id);
    const { places } = before;
    before.add(shard.bytes, true);
    const told = [...before.rowsFrom(places)];
    const changed = told.filter(({ id }) => ids.has(id)).length;
    const added = told.length - changed;
    const written = await writeFiles([shard], {});
    const [[name, file]] = [...written.files] as [[string, Uint8Array<ArrayBuffer>]];
    const entry: CatalogFile = { name, bytes: file.length };
    const tier = { rows: shard.rows, files: [entry] };
    const removed = ids.size + added - after.size;
    return { added, changed, removed, size: after.size, name, file, tier };
  } finally {
    before.close();
    after.close();
  }
}
