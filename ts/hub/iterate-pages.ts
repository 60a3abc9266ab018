import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { ListPage } from '../generated/core.d.ts';
import { requestHub } from '../io/request-hub.ts';
import type { HFModel } from './hf-model.ts';
import type { ListingOptions } from './listing-options.ts';
import { parseRows } from './parse-rows.ts';

/** Reads an answer of the list route (an `Answer` as JSON, and the body) and chooses rows. */
export type ReadPage = (answer: string, body: Uint8Array) => ListPage;

/** Rows of one page. */
export interface Page {
  models: HFModel[];
  /** Rows of the page, also those not chosen. */
  scanned: number;
}

/** Asks for page after page, as long as there are some and somebody wants them. */
export async function* iteratePages(
  options: ListingOptions,
  pageSize: number,
  read: ReadPage,
): AsyncGenerator<Page, void, undefined> {
  const seen = new Set<string>();
  let path: string | undefined = firstPage(options, pageSize);
  while (path !== undefined) {
    refuseLoop(seen, path);
    const { answer, body } = await requestHub(path, options);
    const rows = read(answer, body);
    path = rows.next;
    yield { models: parseRows(body, rows, options.onSkip), scanned: rows.total };
  }
}

function firstPage(options: ListingOptions, pageSize: number): string {
  const { fetch, hubUrl, accessToken, signal, onSkip, onProgress, limit, ...query } = options;
  return callCore((core) => core.first_page(toJson('options', query), pageSize));
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
