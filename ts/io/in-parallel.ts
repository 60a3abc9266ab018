/** How much work at a time, and what ends it. */
export interface ParallelOptions {
  /** Pieces of work at a time; a whole number of at least 1. */
  concurrency: number;
  signal?: AbortSignal | undefined;
}

/** Does a piece of work for each item, some at a time; results in the items' order. The first failure ends all. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  options: ParallelOptions,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): Promise<Result[]> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const results = new Array<Result>(items.length);
  const waiting = items.entries();
  const worker = async (): Promise<void> => {
    // One iterator for all: each takes what nobody has taken.
    for (const [place, item] of waiting) {
      results[place] = await work(item, signal);
    }
  };
  try {
    const length = Math.min(options.concurrency, items.length);
    await Promise.all(Array.from({ length }, worker));
    return results;
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}
