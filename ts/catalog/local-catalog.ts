import type { Call } from '../core/connect.ts';
import type { HalvedModule } from '../core/connect-halves.ts';
import { HubfitError } from '../core/hubfit-error.ts';
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
import { queryBytes } from './query-bytes.ts';

/** Places whose rows cross the boundary at a time. */
export const PAGE = 256;

type Ask = (catalog: InstanceType<CatalogGlue['Catalog']>) => string | undefined;

/** Suggestions and the like that are wanted where nobody says. */
const SOME = 10;

/** A catalog in this thread's own copy of the core. */
export class LocalCatalog implements SyncCatalog {
  readonly #call: Call<CatalogGlue>;
  readonly #callBoth: Call<CatalogGlue>;
  readonly #parse: (json: string) => unknown;
  #open: InstanceType<CatalogGlue['Catalog']> | undefined;
  ready: Promise<void> = Promise.resolve();

  /** `parse` reads what the core answers; a Worker hands it on as the text it is, which crosses threads sooner. */
  constructor(
    { call, callBoth }: Pick<HalvedModule<CatalogGlue>, 'call' | 'callBoth'>,
    parse: (json: string) => unknown = JSON.parse,
  ) {
    this.#call = call;
    this.#callBoth = callBoth;
    this.#parse = parse;
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

  /** Places of rows, those of removed ones among them. */
  get places(): number {
    return this.#call(() => this.#handle.places());
  }

  query(query: CatalogQuery = {}): CatalogAnswer {
    const bytes = queryBytes(query);
    const call = searches(query) ? this.#callBoth : this.#call;
    return this.#read((catalog) => catalog.query(bytes), call);
  }

  /** Builds what typos, suggestions and likeness need, by so many names at a time; says whether it is done. */
  prepare(names: number): boolean {
    return this.#callBoth(() => this.#handle.prepare(names));
  }

  suggest(text: string, { limit = SOME }: AtMost = {}): Suggestion[] {
    return this.#search((catalog) => catalog.suggest(String(text), limit));
  }

  similar(id: string, { limit = SOME }: AtMost = {}): SimilarModel[] {
    return this.#search((catalog) => catalog.similar(String(id), limit));
  }

  get(id: string): CatalogRow | undefined {
    return this.#read((catalog) => catalog.get(String(id)));
  }

  *rows(): Generator<CatalogRow> {
    for (let start = 0, page = this.page(start); page; page = this.page(start)) {
      yield* page;
      start += PAGE;
    }
  }

  /** The models of so many places from one on; nothing behind the last. */
  page(start: number): CatalogRow[] | undefined {
    if (start >= this.places) return undefined;
    return this.#read((catalog) => catalog.rows(start, PAGE));
  }

  matrix(): CatalogMatrix {
    return this.#search((catalog) => catalog.matrix());
  }

  pipelines(from: string, to: string): CatalogPipeline[] {
    return this.#search((catalog) => catalog.pipelines(String(from), String(to)));
  }

  trendingTags({ limit = SOME }: AtMost = {}): TrendingTag[] {
    return this.#search((catalog) => catalog.trending_tags(limit));
  }

  /** What the core answers, which is JSON or nothing. */
  #read<T>(ask: Ask, call = this.#call): T {
    const json = call(() => ask(this.#handle));
    return (json === undefined ? undefined : this.#parse(json)) as T;
  }

  /** What both halves of the core answer. */
  #search<T>(ask: Ask): T {
    return this.#read(ask, this.#callBoth);
  }

  close(): void {
    this.#open?.free();
    this.#open = undefined;
  }
}

/** Whether a query needs both halves of the core. */
export function searches(query?: CatalogQuery): boolean {
  return Boolean(query?.text);
}

/** What asking a closed catalog gives. */
export function wasClosed(): HubfitError {
  return new HubfitError('aborted', 'the catalog was closed');
}
