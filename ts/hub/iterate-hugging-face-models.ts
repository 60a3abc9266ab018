import { callCore } from '../core/call-core.ts';
import { checkLimit } from './check-limit.ts';
import type { HFModel } from './hf-model.ts';
import { iteratePages } from './iterate-pages.ts';
import type { ListingOptions } from './listing-options.ts';

/** The Hub serves at most this many rows a page. */
const LARGEST_PAGE = 1000;

/**
 * Lists models one by one, asking for the next page only when it is needed.
 *
 * @throws {HubfitError} when the Hub cannot be reached or answers an error
 */
export async function* iterateHuggingFaceModels(
  options: ListingOptions = {},
): AsyncGenerator<HFModel, void, undefined> {
  const limit = checkLimit('limit', options.limit ?? Number.POSITIVE_INFINITY);
  const progress = { scanned: 0, found: 0, requests: 0 };
  const pages = iteratePages(options, Math.min(limit, LARGEST_PAGE), (answer, body) =>
    callCore((core) => core.read_list_answer(answer, body)),
  );
  for await (const page of pages) {
    const models = page.models.slice(0, limit - progress.found);
    progress.scanned += page.scanned;
    progress.found += models.length;
    progress.requests += 1;
    options.onProgress?.({ ...progress });
    yield* models;
    if (progress.found >= limit) return;
  }
}
