// Runs in a dedicated Worker: a catalog that is asked by messages. It is handed the compiled core, so it brings none.
import * as glue from '../../pkg-web/catalog.js';
import { type Call, connect } from '../core/connect.ts';
import type { CatalogQuery } from './catalog-query.ts';
import type { CatalogGlue } from './load-catalog-core.ts';
import { LocalCatalog } from './local-catalog.ts';
import type { Asked, WorkerAnswer } from './worker-messages.ts';

const scope = self as unknown as {
  onmessage: (event: { data: Asked }) => void;
  postMessage(answer: WorkerAnswer): void;
};

/** Names that are read at a time while nobody asks: some milliseconds. */
const NAMES = 10_000;

let catalog: LocalCatalog | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ number: data.number, value: answer(data), size: catalog?.size ?? 0 });
  } catch (error) {
    scope.postMessage({ number: data.number, error: plain(error) });
  }
  if (isTyping(data)) prepareLater();
};

/** Who types may mistype next: the words are gathered while nobody asks. */
function isTyping({ method, given: [query] }: Asked): boolean {
  return method === 'query' && Boolean((query as CatalogQuery | undefined)?.text);
}

function prepareLater(): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (catalog && !catalog.prepare(NAMES)) prepareLater();
  }, 0);
}

function answer({ method, given }: Asked): unknown {
  if (method === 'open') {
    const [module] = given as [WebAssembly.Module];
    const call: Call<CatalogGlue> = connect(glue, () => module);
    catalog = new LocalCatalog(call);
    return undefined;
  }
  const target = catalog as unknown as Record<
    string,
    ((...given: unknown[]) => unknown) | undefined
  >;
  return target[method]?.(...given);
}

/** Errors cross as plain objects: clones lose what is not the language's own. */
function plain(error: unknown): NonNullable<WorkerAnswer['error']> {
  const { code = 'internal', message } = error as { code?: string; message: string };
  return { code, message };
}
