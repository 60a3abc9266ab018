import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { SelectedRows } from '../generated/core.d.ts';
import { requestHub } from '../io/request-hub.ts';
import type { HFModel } from './hf-model.ts';
import type { ListingOptions } from './listing-options.ts';
import { parseRows } from './parse-rows.ts';

/** Chooses rows of a page of listing JSON. */
export type SelectRows = (page: Uint8Array) => SelectedRows;

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
  select: SelectRows,
): AsyncGenerator<Page, void, undefined> {
  let path: string | undefined = firstPage(options, pageSize);
  while (path !== undefined) {
    const { answer, body } = await requestHub(path, options);
    const rows = select(body);
    path = callCore((core) => core.next_page(toJson('answer', answer)));
    yield { models: parseRows(body, rows, options.onSkip), scanned: rows.total };
  }
}

function firstPage(options: ListingOptions, pageSize: number): string {
  const { fetch, hubUrl, accessToken, signal, onSkip, onProgress, limit, ...query } = options;
  return callCore((core) => core.first_page(toJson('options', { ...query, pageSize })));
}

/** The rows wanted: a whole number of at least 1. */
export function checkLimit(limit: number): number {
  if (limit === Number.POSITIVE_INFINITY || (Number.isInteger(limit) && limit > 0)) return limit;
  throw new HubfitError(
    'invalid_argument',
    `limit: expected a whole number of at least 1, found ${limit}`,
  );
}
