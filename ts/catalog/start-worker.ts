import type { CatalogCore } from './load-catalog-core.ts';
import { RemoteCatalog, type WorkerLike } from './remote-catalog.ts';

/**
 * A catalog in a dedicated Worker; nothing where there are none, or the page's policy forbids them (`worker-src blob:`).
 *
 * Its script is part of ours, since no two bundlers agree on how a package brings a file of its own; the core is
 * compiled here and handed over.
 */
export async function startWorker(core: CatalogCore): Promise<RemoteCatalog | undefined> {
  const { Worker } = globalThis as { Worker?: new (url: string) => WorkerLike };
  const inBrowser = 'document' in globalThis || 'WorkerGlobalScope' in globalThis;
  if (!Worker || !inBrowser) return undefined;
  const { workerScript } = await import('../../pkg-web/catalog-worker.js');
  const url = URL.createObjectURL(new Blob([workerScript], { type: 'text/javascript' }));
  try {
    const catalog = new RemoteCatalog(new Worker(url), async () => (await core.second())());
    await catalog.open(core.compiled());
    return catalog;
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}
