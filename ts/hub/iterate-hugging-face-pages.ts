import type { Listed, ListField, ListingOptions, UsualField } from './listing-options.ts';

/** Some models of a listing. */
export interface ModelPage<F extends ListField = UsualField> {
  models: Listed<F>[];
  /** Where the next page is, as text that can be kept; none after the last. */
  next: string | undefined;
}

/**
 * Lists models page by page, as large as the Hub serves them. Keep `next` of the last page that was worked off: with it as an
 * option, another process goes on there.
 *
 * @throws {HubfitError} when the Hub cannot be reached or answers an error
 */
export async function* iterateHuggingFacePages<F extends ListField = UsualField>(
  options: ListingOptions<F> = {},
): AsyncGenerator<ModelPage<F>, void, undefined> {
  // What lists is a script of its own: a page that only checks models never loads it.
  const { modelPages } = await import('./model-pages.ts');
  yield* modelPages(options);
}
