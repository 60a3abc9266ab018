/** What is started for each item, in their order; so many are under way before it is their turn. */
export function* ahead<T, R>(
  items: Iterable<T>,
  most: number,
  start: (item: T) => Promise<R>,
): Generator<Promise<R>> {
  const started: Promise<R>[] = [];
  for (const item of items) {
    const promise = start(item);
    // One that fails is told when its turn comes.
    promise.catch(() => undefined);
    started.push(promise);
    if (started.length > most) yield started.shift() as Promise<R>;
  }
  while (started.length > 0) yield started.shift() as Promise<R>;
}
