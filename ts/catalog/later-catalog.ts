import type { Catalog, SyncCatalog } from './catalog.ts';
import type { CatalogRow } from './catalog-row.ts';

/** A catalog of this thread, asked as one in another. */
export class LaterCatalog implements Catalog {
  readonly #own: SyncCatalog;

  constructor(own: SyncCatalog) {
    this.#own = own;
  }

  get size(): number {
    return this.#own.size;
  }

  get ready(): Promise<void> {
    return this.#own.ready;
  }

  query: Catalog['query'] = async (...given) => this.#own.query(...given);
  suggest: Catalog['suggest'] = async (...given) => this.#own.suggest(...given);
  similar: Catalog['similar'] = async (...given) => this.#own.similar(...given);
  get: Catalog['get'] = async (...given) => this.#own.get(...given);
  matrix: Catalog['matrix'] = async () => this.#own.matrix();
  pipelines: Catalog['pipelines'] = async (...given) => this.#own.pipelines(...given);
  trendingTags: Catalog['trendingTags'] = async (...given) => this.#own.trendingTags(...given);

  async *rows(): AsyncGenerator<CatalogRow> {
    yield* this.#own.rows();
  }

  close(): void {
    this.#own.close();
  }
}
