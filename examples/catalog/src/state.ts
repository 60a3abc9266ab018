import {
  type CatalogQuery,
  decodeCatalogQuery,
  encodeCatalogQuery,
  type FitBudget,
  HubfitError,
} from 'hubfit/catalog';
import { machineNamed } from './machines.ts';

/** What the visitor asks; which facets and rows the page wants with it is the page's own business. */
export type State = Omit<CatalogQuery, 'facets' | 'page'> & { fit: FitBudget };

/** Changes that come in numbers while one types or drags: they share one step of the history. */
export type Gesture = 'typing' | 'dragging';

/** Writes to the address wait so long for the next of a gesture: browsers refuse hundreds of them. */
const PAUSE_MS = 200;

let state: State = start();
let gesture: Gesture | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners: (() => void)[] = [];

function start(): State {
  const { gpu = 0, ram = 0 } = machineNamed('RTX 4060 + 32 GB RAM') ?? {};
  return { fit: { gpu, ram, context: 8192 } };
}

export const current = (): State => state;

/** Calls this after each change. */
export function onChange(listener: () => void): void {
  listeners.push(listener);
}

/** Changes parts of the state. */
export function change(part: Partial<State>, by?: Gesture): void {
  if (by === undefined || by !== gesture) {
    flush();
    history.pushState(undefined, '', location.href);
  }
  gesture = by;
  state = { ...state, ...part };
  clearTimeout(timer);
  timer = setTimeout(flush, PAUSE_MS);
  if (!by) flush();
  for (const listener of listeners) listener();
}

/** What is typed or dragged next is a step of its own. */
export function settle(): void {
  gesture = undefined;
}

/** Writes what waits to the address. */
function flush(): void {
  if (timer === undefined) return;
  clearTimeout(timer);
  timer = undefined;
  history.replaceState(undefined, '', `?${encodeCatalogQuery(state)}`);
}

/** Takes the state from the address; says what of a link is wrong. */
export function readAddress(): string | undefined {
  settle();
  clearTimeout(timer);
  timer = undefined;
  const first = start();
  try {
    const { facets, page, ...query } = decodeCatalogQuery(location.search);
    state = { ...first, ...query, fit: { ...first.fit, ...query.fit } };
    return undefined;
  } catch (error) {
    if (!(error instanceof HubfitError)) throw error;
    state = first;
    return error.message;
  }
}
