import type { CatalogAnswer } from '../generated/catalog.d.ts';
import { toJson } from '../core/to-json.ts';
import type { Call } from '../core/connect.ts';
import type { AtMost, SyncCatalog } from './catalog.ts';
import type { CatalogQuery } from './catalog-query.ts';
import type { CatalogRow } from './catalog-row.ts';
import type { CatalogGlue } from './load-catalog-core.ts';

/** Rows that cross the boundary at a time. */
const PAGE = 256;

/** Suggestions and the like that are wanted where nobody says. */
const SOME = 10;

/** A catalog in this thread's own copy of the core. */
export class LocalCatalog implements SyncCatalog {
  readonly #call: Call<CatalogGlue>;
  readonly #handle: InstanceType<CatalogGlue['Catalog']>;
  ready: Promise<void> = Promise.resolve();

  constructor(call: Call<CatalogGlue>) {
    this.#call = call;
    this.#handle = call((core) => new core.Catalog());
  }

  get size(): number {
    return this.#call(() => this.#handle.size());
  }

  /** Takes a shard; says whether all of the snapshot is there with it. */
  add(shard: Uint8Array, whole: boolean): void {
    this.#call(() => this.#handle.add(shard, whole));
  }

  query(query: CatalogQuery = {}): CatalogAnswer {
    const json = toJson('query', query);
    return this.#call(() => this.#handle.query(json));
  }

  suggest(text: string, { limit = SOME }: AtMost = {}): ReturnType<SyncCatalog['suggest']> {
    return this.#call(() => this.#handle.suggest(String(text), limit)).items;
  }

  similar(id: string, { limit = SOME }: AtMost = {}): ReturnType<SyncCatalog['similar']> {
    return this.#call(() => this.#handle.similar(String(id), limit)).items;
  }

  get(id: string): CatalogRow | undefined {
    return this.#call(() => this.#handle.get(String(id))) as CatalogRow | undefined;
  }

  *rows(): Generator<CatalogRow> {
    for (let start = 0; start < this.size; start += PAGE) yield* this.page(start);
  }

  /** The rows from a number on. */
  page(start: number): CatalogRow[] {
    return this.#call(() => this.#handle.rows(start, PAGE)) as CatalogRow[];
  }

  matrix(): ReturnType<SyncCatalog['matrix']> {
    return this.#call(() => this.#handle.matrix()).items;
  }

  pipelines(from: string, to: string): ReturnType<SyncCatalog['pipelines']> {
    return this.#call(() => this.#handle.pipelines(String(from), String(to))).items;
  }

  trendingTags({ limit = SOME }: AtMost = {}): ReturnType<SyncCatalog['trendingTags']> {
    return this.#call(() => this.#handle.trending_tags(limit)).items;
  }

  close(): void {
    this.#handle.free();
  }
}
