import type { FetchFileOptions } from '../io/fetch-file.ts';
import type { Catalog, SyncCatalog } from './catalog.ts';
import type { CatalogSource } from './snapshot-source.ts';

/** How far a catalog is. */
export interface CatalogProgress {
  /** Models that are there. */
  rows: number;
  /** Models in all. */
  total: number;
  /** Bytes that came. */
  bytes: number;
}

/** How to open a catalog. */
export interface OpenCatalogOptions extends FetchFileOptions {
  /** `worker` where left out, if there are Workers (in browsers): a page stays smooth. `same` answers at once. */
  thread?: 'worker' | 'same';
  /** Tiers to open, the most popular first; all where left out. */
  tiers?: number;
  /** Wait for all tiers; where left out, the others come in while the first is already asked. */
  whole?: boolean;
  /** Told after each file. */
  onProgress?: (progress: CatalogProgress) => void;
}

/**
 * Opens a snapshot. It is there when its first tier is: what it answers is marked `partial` until all tiers are in, for
 * which one can wait by `ready`. A file that is damaged is refused whole, and what was there before stays.
 *
 * @throws {HubfitError} `invalid_file` for what is no snapshot, `entry_not_found` where there is none, `network`
 */
export function openCatalog(
  source: CatalogSource,
  options: OpenCatalogOptions & { thread: 'same' },
): Promise<SyncCatalog>;
export function openCatalog(source: CatalogSource, options?: OpenCatalogOptions): Promise<Catalog>;
export async function openCatalog(
  source: CatalogSource,
  options: OpenCatalogOptions = {},
): Promise<Catalog | SyncCatalog> {
  const { openSnapshot } = await import('./open-snapshot.ts');
  return openSnapshot(source, options);
}
