import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { ListPage } from '../generated/core.d.ts';
import { requestHub } from '../io/request-hub.ts';
import { withoutHubOptions } from '../io/without-hub-options.ts';
import type { HFModel } from './hf-model.ts';
import type { ListField, ListingOptions } from './listing-options.ts';
import { parseRows } from './parse-rows.ts';

/** Reads an answer of the list route (an `Answer` as JSON, and the body) and chooses rows. */
export type ReadPage = (answer: string, body: Uint8Array) => ListPage;

/** Rows of one page. */
export interface Page {
  models: HFModel[];
  /** Rows of the page, also those not chosen. */
  scanned: number;
  /** Where the next page is; none after the last. */
  next: string | undefined;
}

/** Asks for page after page, as long as there are some and somebody wants them. */
export async function* iteratePages(
  options: ListingOptions<ListField>,
  pageSize: number,
  read: ReadPage,
): AsyncGenerator<Page, void, undefined> {
  const [seen, given] = [new Set<string>(), new Set<string>()];
  let path: string | undefined = options.next ?? firstPage(options, pageSize);
  checkNext(path);
  while (path !== undefined) {
    refuseLoop(seen, path);
    const page: Page | undefined = await askPage(path, options, read);
    if (!page) {
      path = withSmallerPage(path);
      continue;
    }
    path = page.next;
    // Scores move while pages are turned: a row may come again.
    const models = page.models.filter(({ id }) => !given.has(id));
    for (const { id } of models) given.add(id);
    yield { ...page, models };
  }
}

/** A page; none where it is too heavy for the Hub to answer in time. */
async function askPage(
  path: string,
  options: ListingOptions<ListField>,
  read: ReadPage,
): Promise<Page | undefined> {
  try {
    return await requestHub(path, options, ({ answer, body }) => {
      const rows = read(answer, body);
      const models = parseRows(body, rows, options.onSkip);
      return { models, scanned: rows.total, next: rows.next ?? undefined };
    });
  } catch (error) {
    const heavy = error instanceof HubfitError && error.status === 504;
    if (heavy && sizeOf(path) > SMALLEST_PAGE) return undefined;
    throw error;
  }
}

/** Rows that no server finds too many. */
const SMALLEST_PAGE = 50;

function sizeOf(path: string): number {
  return Number(/[?&]limit=(\d+)/.exec(path)?.[1] ?? 0);
}

/** The same place with fewer rows. */
function withSmallerPage(path: string): string {
  const size = Math.max(SMALLEST_PAGE, Math.floor(sizeOf(path) / 4));
  return path.replace(/([?&]limit=)\d+/, `$1${size}`);
}

function firstPage(options: ListingOptions<ListField>, pageSize: number): string {
  const { onSkip, onProgress, limit, next, concurrency, ...query } = withoutHubOptions(options);
  return callCore((core) => core.first_page(toJson('options', query), pageSize));
}

/** A place that was kept by somebody may have become another. */
function checkNext(next: string): void {
  if (typeof next === 'string' && next.startsWith('/api/models?')) return;
  const message = `next: expected the place of a listing's next page, found ${JSON.stringify(next)}`;
  throw new HubfitError('invalid_argument', message.slice(0, 200));
}

/** A Hub that leads back to a page it gave would be asked for ever. */
function refuseLoop(seen: Set<string>, path: string): void {
  if (seen.has(path)) {
    throw new HubfitError(
      'invalid_response',
      'Link: expected a page not seen yet, found one that was',
    );
  }
  seen.add(path);
}
