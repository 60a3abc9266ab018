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

/** How many answers are wanted at most; 10 where left out. */
export interface AtMost {
  limit?: number;
}

/** A catalog that answers at once, on the thread that asks. */
export interface SyncCatalog {
  /** Models that are there so far. */
  readonly size: number;
  /** Fulfilled when all of the snapshot is there; rejected where the rest could not be had, and what is there stays. */
  readonly ready: Promise<void>;
  /** Rows, their number, and counts by facet. */
  query(query?: CatalogQuery): CatalogAnswer;
  /** What somebody who typed this may mean: words, authors, tasks, ids. */
  suggest(text: string, options?: AtMost): Suggestion[];
  /** Models like this one: of its base model, family, task, with its words. */
  similar(id: string, options?: AtMost): SimilarModel[];
  /** One model; undefined where the catalog does not have it. */
  get(id: string): CatalogRow | undefined;
  /** All models, the most popular tier first. */
  rows(): Iterable<CatalogRow>;
  /** How many models there are from each type of data to each other. */
  matrix(): CatalogMatrix;
  /** Chains of tasks that lead from one type of data to another, the shortest first. */
  pipelines(from: string, to: string): CatalogPipeline[];
  /** Tags whose models trend. */
  trendingTags(options?: AtMost): TrendingTag[];
  /** Frees its memory. */
  close(): void;
}

/** A catalog that answers from another thread where there is one. */
export interface Catalog extends Pick<SyncCatalog, 'size' | 'ready' | 'close'> {
  /** All models, the most popular tier first. */
  rows(): AsyncIterable<CatalogRow>;
  query: Later<SyncCatalog['query']>;
  suggest: Later<SyncCatalog['suggest']>;
  similar: Later<SyncCatalog['similar']>;
  get: Later<SyncCatalog['get']>;
  matrix: Later<SyncCatalog['matrix']>;
  pipelines: Later<SyncCatalog['pipelines']>;
  trendingTags: Later<SyncCatalog['trendingTags']>;
}

/** The same, answered later. */
type Later<F extends (...given: never[]) => unknown> = (
  ...given: Parameters<F>
) => Promise<ReturnType<F>>;
