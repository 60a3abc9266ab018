import { type ErrorCode, HubfitError } from '../core/hubfit-error.ts';
import type { Catalog } from './catalog.ts';
import type { CatalogRow } from './catalog-row.ts';
import { PAGE, searches, wasClosed } from './local-catalog.ts';
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
  readonly #second: () => Promise<WebAssembly.Module>;
  #joined: Promise<void> | undefined;
  ready: Promise<void> = Promise.resolve();

  /** `second` gives the compiled second half of the core, when somebody searches. */
  constructor(worker: WorkerLike, second: () => Promise<WebAssembly.Module>) {
    this.#worker = worker;
    this.#second = second;
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

  query: Catalog['query'] = (...given) =>
    searches(given[0]) ? this.#search('query', given) : this.#ask('query', given);
  suggest: Catalog['suggest'] = (...given) => this.#search('suggest', given);
  similar: Catalog['similar'] = (...given) => this.#search('similar', given);
  get: Catalog['get'] = (...given) => this.#ask('get', given);
  matrix: Catalog['matrix'] = (...given) => this.#search('matrix', given);
  pipelines: Catalog['pipelines'] = (...given) => this.#search('pipelines', given);
  trendingTags: Catalog['trendingTags'] = (...given) => this.#search('trendingTags', given);

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

  /** Asks what needs both halves of the core. */
  async #search<T>(method: string, given: unknown[]): Promise<T> {
    this.#joined ??= this.#join();
    await this.#joined;
    return this.#ask(method, given);
  }

  /** Hands over the second half; where it cannot be had, the next search tries again. */
  async #join(): Promise<void> {
    try {
      await this.#ask('join', [await this.#second()]);
    } catch (error) {
      this.#joined = undefined;
      throw error;
    }
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
