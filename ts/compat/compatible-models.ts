import { checkLimit } from '../hub/check-limit.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { iteratePages } from '../hub/iterate-pages.ts';
import { listingProgress, tellOfPage } from '../hub/listing-progress.ts';
import { pageChooser } from './page-chooser.ts';
import type { SearchOptions } from './search-options.ts';

/** Rows a page: one that holds a good part of the default limit, yet is soon there. */
const PAGE = 200;

/** Asks for pages until there are enough. */
export async function compatibleModels(options: SearchOptions): Promise<HFModel[]> {
  const { target, maxScanned, ...listing } = options;
  const limit = checkLimit('limit', listing.limit ?? 100);
  const most = checkLimit('maxScanned', maxScanned ?? Math.max(1000, 10 * limit));
  const chooser = pageChooser(target);
  const progress = listingProgress(options, limit);
  const models: HFModel[] = [];
  const pages = iteratePages(
    { ...listing, ...tagged(listing.filter, chooser.tag), onTraffic: progress.onTraffic },
    Math.min(PAGE, most),
    chooser.answer,
  );
  for await (const page of pages) {
    const some = page.models.slice(0, limit - models.length);
    models.push(...some);
    tellOfPage(progress, page.scanned, some.length);
    if (models.length >= limit || progress.sum.scanned >= most) break;
  }
  return models;
}

/** What the Hub can leave out itself costs nobody a page. */
function tagged(filter: string[] = [], tag?: string): { filter?: string[] } {
  if (tag === undefined || filter.includes(tag)) return {};
  return { filter: [...filter, tag] };
}
