import type { CatalogSnapshot } from '../../pkg-web/catalog-build.js';
import { callCatalogBuild } from '../core/call-catalog-build.ts';
import type { CatalogTier } from './catalog-files.ts';
import { shardBytes } from './shard-bytes.ts';
import { type CatalogSource, snapshotSource } from './snapshot-source.ts';
import { type CatalogShard, writeFiles } from './write-files.ts';

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
  const before = await read(old);
  const after = await read(next).catch((error) => {
    before.free();
    throw error;
  });
  try {
    const known = callCatalogBuild(() => before.size());
    const { removed, ...shard } = callCatalogBuild(() => before.become_other(after)) as Changes;
    const size = callCatalogBuild(() => after.size());
    const added = size - known + removed;
    const written = await writeFiles([shard], {});
    const [[name, file]] = [...written.files] as [[string, Uint8Array<ArrayBuffer>]];
    const tier = { rows: shard.rows, files: [{ name, bytes: file.length }] };
    return { added, changed: shard.rows - added, removed, size, name, file, tier };
  } finally {
    before.free();
    after.free();
  }
}

/** A shard, and how many models are no longer. */
interface Changes extends CatalogShard {
  removed: number;
}

async function read(source: CatalogSource): Promise<CatalogSnapshot> {
  const { manifest, read } = await snapshotSource(source, {});
  const snapshot = callCatalogBuild((core) => new core.CatalogSnapshot());
  try {
    for (const { name } of manifest.tiers.flatMap(({ files }) => files)) {
      const bytes = await shardBytes(name, await read(name));
      callCatalogBuild(() => snapshot.add(bytes));
    }
    return snapshot;
  } catch (error) {
    snapshot.free();
    throw error;
  }
}
