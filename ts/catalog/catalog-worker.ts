// Runs in a dedicated Worker: a catalog that is asked by messages. It is handed the compiled core, so it brings none.
import * as glue from '../../pkg-web/catalog.js';
import { connectHalves, type HalvedModule } from '../core/connect-halves.ts';
import type { CatalogQuery } from './catalog-query.ts';
import type { CatalogGlue } from './load-catalog-core.ts';
import { LocalCatalog, searches } from './local-catalog.ts';
import type { Asked, WorkerAnswer } from './worker-messages.ts';

const scope = self as unknown as {
  onmessage: (event: { data: Asked }) => void;
  postMessage(answer: WorkerAnswer): void;
};

/** Names that are read at a time while nobody asks: 3 ms, which is what the next question may have to wait. */
const NAMES = 4000;
/** Milliseconds without a question after which that begins. */
const PAUSE = 50;

let core: HalvedModule<CatalogGlue> | undefined;
let catalog: LocalCatalog | undefined;
/** Who types may mistype next: the words that typos need are gathered while nobody asks. */
let types = false;
let timer: ReturnType<typeof setTimeout> | undefined;

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ number: data.number, value: answer(data), size: catalog?.size ?? 0 });
  } catch (error) {
    scope.postMessage({ number: data.number, error: plain(error) });
  }
  types ||= isTyping(data);
  if (types) prepareIn(PAUSE);
};

function isTyping({ method, given: [query] }: Asked): boolean {
  return method === 'query' && searches(query as CatalogQuery | undefined);
}

function prepareIn(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (catalog && !catalog.prepare(NAMES)) prepareIn(0);
    else types = false;
  }, milliseconds);
}

function answer({ method, given }: Asked): string | undefined {
  if (method === 'open') {
    const [module] = given as [WebAssembly.Module];
    core = connectHalves<CatalogGlue>(glue, () => module);
    catalog = new LocalCatalog(core, (json) => json);
    return undefined;
  }
  if (method === 'join') {
    const [second] = given as [WebAssembly.Module];
    core?.give(() => second);
    return undefined;
  }
  const target = catalog as unknown as Record<
    string,
    ((...given: unknown[]) => string | undefined) | undefined
  >;
  return target[method]?.(...given);
}

/** Errors cross as plain objects: clones lose what is not the language's own. */
function plain(error: unknown): NonNullable<WorkerAnswer['error']> {
  const { code = 'internal', message } = error as { code?: string; message: string };
  return { code, message };
}
