import type { Call } from '../core/connect.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { AtMost, SyncCatalog } from './catalog.ts';
import type {
  CatalogAnswer,
  CatalogMatrix,
  CatalogPipeline,
  SimilarModel,
  Suggestion,
  TrendingTag,
} from './catalog-answer.ts';
import type { CatalogQuery } from './catalog-query.ts';
import type { CatalogRow } from './catalog-row.ts';
import type { CatalogGlue } from './load-catalog-core.ts';
import type { CatalogShard } from './write-files.ts';

/** Places whose rows cross the boundary at a time. */
export const PAGE = 256;

/** Suggestions and the like that are wanted where nobody says. */
const SOME = 10;

/** A catalog in this thread's own copy of the core. */
export class LocalCatalog implements SyncCatalog {
  readonly #call: Call<CatalogGlue>;
  #open: InstanceType<CatalogGlue['Catalog']> | undefined;
  ready: Promise<void> = Promise.resolve();

  constructor(call: Call<CatalogGlue>) {
    this.#call = call;
    this.#open = call((core) => new core.Catalog());
  }

  get #handle(): InstanceType<CatalogGlue['Catalog']> {
    if (this.#open) return this.#open;
    throw wasClosed();
  }

  get size(): number {
    return this.#call(() => this.#handle.size());
  }

  /** Makes room for so many models. */
  expect(rows: number): void {
    this.#call(() => this.#handle.expect(rows));
  }

  /** Takes a shard; says whether all of the snapshot is there with it. */
  add(shard: Uint8Array, whole: boolean): void {
    this.#call(() => this.#handle.add(shard, whole));
  }

  /** What makes this snapshot another, as a shard. */
  changesTo(other: LocalCatalog): CatalogShard {
    return this.#call(() => this.#handle.diff(other.#handle)) as CatalogShard;
  }

  /** Places of rows, those of removed ones among them. */
  get places(): number {
    return this.#call(() => this.#handle.places());
  }

  query(query: CatalogQuery = {}): CatalogAnswer {
    const json = toJson('query', query);
    return this.#call(() => this.#handle.query(json)) as CatalogAnswer;
  }

  /** Builds what typos, suggestions and likeness need, by so many names at a time; says whether it is done. */
  prepare(names: number): boolean {
    return this.#call(() => this.#handle.prepare(names));
  }

  suggest(text: string, { limit = SOME }: AtMost = {}): Suggestion[] {
    return this.#call(() => this.#handle.suggest(String(text), limit)) as Suggestion[];
  }

  similar(id: string, { limit = SOME }: AtMost = {}): SimilarModel[] {
    return this.#call(() => this.#handle.similar(String(id), limit)) as SimilarModel[];
  }

  get(id: string): CatalogRow | undefined {
    return this.#call(() => this.#handle.get(String(id))) as CatalogRow | undefined;
  }

  rows(): Generator<CatalogRow> {
    return this.rowsFrom(0);
  }

  /** The models at this place and behind it. */
  *rowsFrom(first: number): Generator<CatalogRow> {
    for (let start = first, page = this.page(start); page; page = this.page(start)) {
      yield* page;
      start += PAGE;
    }
  }

  /** The models of so many places from one on; nothing behind the last. */
  page(start: number): CatalogRow[] | undefined {
    if (start >= this.places) return undefined;
    return this.#call(() => this.#handle.rows(start, PAGE)) as CatalogRow[];
  }

  matrix(): CatalogMatrix {
    return this.#call(() => this.#handle.matrix()) as CatalogMatrix;
  }

  pipelines(from: string, to: string): CatalogPipeline[] {
    const found = this.#call(() => this.#handle.pipelines(String(from), String(to)));
    return found as CatalogPipeline[];
  }

  trendingTags({ limit = SOME }: AtMost = {}): TrendingTag[] {
    return this.#call(() => this.#handle.trending_tags(limit)) as TrendingTag[];
  }

  close(): void {
    this.#open?.free();
    this.#open = undefined;
  }
}

/** What asking a closed catalog gives. */
export function wasClosed(): HubfitError {
  return new HubfitError('aborted', 'the catalog was closed');
}
