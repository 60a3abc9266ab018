import { ahead } from './ahead.ts';
import type { Catalog, SyncCatalog } from './catalog.ts';
import type { CatalogTier } from './catalog-files.ts';
import { LaterCatalog } from './later-catalog.ts';
import { loadCatalogCore } from './load-catalog-core.ts';
import { LocalCatalog } from './local-catalog.ts';
import type { OpenCatalogOptions } from './open-catalog.ts';
import type { RemoteCatalog } from './remote-catalog.ts';
import { shardBytes } from './shard-bytes.ts';
import { type CatalogSource, type SnapshotSource, snapshotSource } from './snapshot-source.ts';
import { startWorker } from './start-worker.ts';

/** Opens a snapshot: `openCatalog`, with all that it needs. */
export async function openSnapshot(
  source: CatalogSource,
  options: OpenCatalogOptions,
): Promise<Catalog | SyncCatalog> {
  const [core, snapshot] = await Promise.all([loadCatalogCore(), snapshotSource(source, options)]);
  const worker = options.thread === 'same' ? undefined : await startWorker(core);
  // Here a search cannot wait for it.
  if (!worker) core.give(await core.second());
  const catalog = worker ?? new LocalCatalog(core);
  const opening = new Opening(catalog, snapshot, options);
  try {
    if (options.tiers === undefined) await catalog.expect(snapshot.manifest.rows);
    await opening.first();
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

/** Files that are fetched, and those that are unpacked, before it is their turn: the network and the core both have work, and little waits in memory. */
const FETCHED = 6;
const UNPACKED = 2;

/** A shard, and whether its bytes were made here and may be given away. */
interface Unpacked {
  bytes: Uint8Array<ArrayBuffer>;
  own: boolean;
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

  /** The first tier, which nothing else delays. */
  first(): Promise<void> {
    return this.#bring(this.#waiting.splice(0, 1));
  }

  rest(): Promise<void> {
    return this.#bring(this.#waiting.splice(0));
  }

  async #bring(tiers: readonly CatalogTier[]): Promise<void> {
    const files = tiers.flatMap((tier) => tier.files);
    const fetched = ahead(files, FETCHED, async ({ name }) => ({
      name,
      bytes: await this.#snapshot.read(name),
    }));
    const unpacked = ahead(fetched, UNPACKED, async (file) => {
      const { name, bytes: kept } = await file;
      const bytes = await shardBytes(name, kept);
      return { bytes, own: bytes !== kept };
    });
    let left = files.length;
    for (const shard of unpacked) {
      left -= 1;
      await this.#take(await shard, left === 0 && this.#isWhole());
      this.#tell(files.at(-1 - left)?.bytes ?? 0);
    }
  }

  async #take({ bytes, own }: Unpacked, whole: boolean): Promise<void> {
    this.#options.signal?.throwIfAborted();
    await this.#catalog.add(bytes, whole, own);
  }

  /** Whether the tiers that are taken are the last of the snapshot. */
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
