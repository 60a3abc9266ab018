import type { Catalog, SyncCatalog } from './catalog.ts';
import type { CatalogTier } from './catalog-files.ts';
import { LaterCatalog } from './later-catalog.ts';
import { loadCatalogCore } from './load-catalog-core.ts';
import { LocalCatalog } from './local-catalog.ts';
import type { OpenCatalogOptions } from './open-catalog.ts';
import type { RemoteCatalog } from './remote-catalog.ts';
import { type CatalogSource, type SnapshotSource, snapshotSource } from './snapshot-source.ts';
import { startWorker } from './start-worker.ts';

/** Opens a snapshot: `openCatalog`, with all that it needs. */
export async function openSnapshot(
  source: CatalogSource,
  options: OpenCatalogOptions,
): Promise<Catalog | SyncCatalog> {
  const [core, snapshot] = await Promise.all([loadCatalogCore(), snapshotSource(source, options)]);
  const worker = options.thread === 'same' ? undefined : await startWorker(core);
  const catalog = worker ?? new LocalCatalog(core.call);
  const opening = new Opening(catalog, snapshot, options);
  try {
    if (options.tiers === undefined) await catalog.expect(snapshot.manifest.rows);
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
