import { type ErrorCode, HubfitError } from '../core/hubfit-error.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogRow } from './catalog-row.ts';
import { PAGE, wasClosed } from './local-catalog.ts';
import type { Asked, WorkerAnswer } from './worker-messages.ts';

/** What a `Worker` is to us, so that the declarations need no DOM library. */
export interface WorkerLike {
  postMessage(message: Asked, give?: ArrayBuffer[]): void;
  terminate(): void;
  onmessage: unknown;
  onerror: unknown;
}

type Waiting = { resolve: (value: never) => void; reject: (error: unknown) => void };

/** A catalog in a Worker: each call is a message, and each answer another. */
export class RemoteCatalog implements Catalog {
  readonly #worker: WorkerLike;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #size = 0;
  #closed = false;
  ready: Promise<void> = Promise.resolve();

  constructor(worker: WorkerLike) {
    this.#worker = worker;
    worker.onmessage = ({ data }: { data: WorkerAnswer }): void => this.#settle(data);
    worker.onerror = ({ message }: { message?: string }): void => {
      this.#fail(new HubfitError('internal', `the catalog's worker failed: ${message ?? ''}`));
    };
  }

  get size(): number {
    return this.#size;
  }

  /** Starts the core that was compiled here. */
  open(module: WebAssembly.Module): Promise<void> {
    return this.#ask('open', [module]);
  }

  /** Makes room for so many models. */
  expect(rows: number): Promise<void> {
    return this.#ask('expect', [rows]);
  }

  /** Hands over a shard; a copy of it, where the bytes are not `own` but those of whoever opens the catalog. */
  add(shard: Uint8Array<ArrayBuffer>, whole: boolean, own: boolean): Promise<void> {
    return this.#ask('add', [shard, whole], own ? [shard.buffer] : []);
  }

  query: Catalog['query'] = (...given) => this.#ask('query', given);
  suggest: Catalog['suggest'] = (...given) => this.#ask('suggest', given);
  similar: Catalog['similar'] = (...given) => this.#ask('similar', given);
  get: Catalog['get'] = (...given) => this.#ask('get', given);
  matrix: Catalog['matrix'] = (...given) => this.#ask('matrix', given);
  pipelines: Catalog['pipelines'] = (...given) => this.#ask('pipelines', given);
  trendingTags: Catalog['trendingTags'] = (...given) => this.#ask('trendingTags', given);

  async *rows(): AsyncGenerator<CatalogRow> {
    for (let start = 0; ; start += PAGE) {
      const page = await this.#ask<CatalogRow[] | undefined>('page', [start]);
      if (!page) return;
      yield* page;
    }
  }

  close(): void {
    this.#worker.terminate();
    this.#closed = true;
    this.#fail(wasClosed());
  }

  #ask<T>(method: string, given: unknown[], give: ArrayBuffer[] = []): Promise<T> {
    if (this.#closed) return Promise.reject(wasClosed());
    this.#last += 1;
    const number = this.#last;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(number, { resolve: resolve as Waiting['resolve'], reject });
      this.#worker.postMessage({ number, method, given }, give);
    });
  }

  #settle({ number, value, size, error }: WorkerAnswer): void {
    const waiting = this.#waiting.get(number);
    this.#waiting.delete(number);
    this.#size = size ?? this.#size;
    if (error) waiting?.reject(new HubfitError(error.code as ErrorCode, error.message));
    else waiting?.resolve((value === undefined ? undefined : JSON.parse(value)) as never);
  }

  #fail(error: HubfitError): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
