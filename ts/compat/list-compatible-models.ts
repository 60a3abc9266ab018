import { callCore } from '../core/call-core.ts';
import { checkLimit } from '../hub/check-limit.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { iteratePages } from '../hub/iterate-pages.ts';
import type { SearchOptions } from './search-options.ts';
import { workerJson } from './target.ts';

/** Rows a page: one that holds a good part of the default limit, yet is soon there. */
const PAGE = 200;

/**
 * Lists compatible models, up to `limit` (100 where left out), asking for pages until there are enough.
 *
 * @throws {HubfitError} when the Hub cannot be reached or answers an error
 */
export async function listCompatibleModels(options: SearchOptions = {}): Promise<HFModel[]> {
  const { target, maxScanned, ...listing } = options;
  const limit = checkLimit('limit', listing.limit ?? 100);
  const most = checkLimit('maxScanned', maxScanned ?? Math.max(1000, 10 * limit));
  const worker = workerJson(target);
  const progress = { scanned: 0, found: 0, requests: 0 };
  const models: HFModel[] = [];
  const pages = iteratePages(listing, Math.min(PAGE, most), (answer, body) =>
    callCore((core) => core.filter_list_answer(answer, body, worker)),
  );
  for await (const page of pages) {
    models.push(...page.models.slice(0, limit - models.length));
    progress.scanned += page.scanned;
    progress.found = models.length;
    progress.requests += 1;
    options.onProgress?.({ ...progress });
    if (models.length >= limit || progress.scanned >= most) break;
  }
  return models;
}
