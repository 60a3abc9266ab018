import type { FetchFileOptions } from '../io/fetch-file.ts';
import type { Catalog, SyncCatalog } from './catalog.ts';
import type { CatalogTier } from './catalog-files.ts';
import { LaterCatalog } from './later-catalog.ts';
import { loadCatalogCore } from './load-catalog-core.ts';
import { LocalCatalog } from './local-catalog.ts';
import type { RemoteCatalog } from './remote-catalog.ts';
import { type CatalogSource, type SnapshotSource, snapshotSource } from './snapshot-source.ts';
import { startWorker } from './start-worker.ts';

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
  const [core, snapshot] = await Promise.all([loadCatalogCore(), snapshotSource(source, options)]);
  const worker = options.thread === 'same' ? undefined : await startWorker(core);
  const catalog = worker ?? new LocalCatalog(core.call);
  const opening = new Opening(catalog, snapshot, options);
  try {
    await opening.next();
    catalog.ready = opening.rest();
    if (options.whole) await catalog.ready;
  } catch (error) {
    catalog.close();
    throw error;
  }
  // Whoever does not ask for it is not told that the rest failed; answers stay marked as partial.
  catalog.ready.catch(() => undefined);
  return options.thread === 'same' || worker ? catalog : new LaterCatalog(catalog as LocalCatalog);
}

/** Brings in what a snapshot has. */
class Opening {
  readonly #catalog: LocalCatalog | RemoteCatalog;
  readonly #snapshot: SnapshotSource;
  readonly #options: OpenCatalogOptions;
  readonly #waiting: CatalogTier[];
  #bytes = 0;

  constructor(
    catalog: LocalCatalog | RemoteCatalog,
    snapshot: SnapshotSource,
    options: OpenCatalogOptions,
  ) {
    this.#catalog = catalog;
    this.#snapshot = snapshot;
    this.#options = options;
    this.#waiting = snapshot.manifest.tiers.slice(0, options.tiers);
  }

  async rest(): Promise<void> {
    while (this.#waiting.length > 0) await this.next();
  }

  /** Files of a tier are fetched together, and taken in their order. */
  async next(): Promise<void> {
    const { files } = this.#waiting.shift() ?? { files: [] };
    const reads = files.map((file) => ({ file, bytes: this.#snapshot.read(file.name) }));
    for (const { bytes } of reads) bytes.catch(() => undefined);
    for (const [place, { file, bytes }] of reads.entries()) {
      await this.#take(await bytes, this.#isWhole() && place === reads.length - 1);
      this.#tell(file.bytes);
    }
  }

  async #take(bytes: Uint8Array<ArrayBuffer>, whole: boolean): Promise<void> {
    this.#options.signal?.throwIfAborted();
    await this.#catalog.add(bytes, whole);
  }

  /** Whether the tier that is taken is the last of the snapshot. */
  #isWhole(): boolean {
    const all = this.#snapshot.manifest.tiers.length;
    return this.#waiting.length === 0 && (this.#options.tiers ?? all) >= all;
  }

  #tell(bytes: number): void {
    this.#bytes += bytes;
    const [rows, total] = [this.#catalog.size, this.#snapshot.manifest.rows];
    this.#options.onProgress?.({ rows, total: Math.max(rows, total), bytes: this.#bytes });
  }
}
