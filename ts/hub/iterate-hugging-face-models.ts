import { iterateHuggingFacePages } from './iterate-hugging-face-pages.ts';
import type { Listed, ListField, ListingOptions, UsualField } from './listing-options.ts';

/**
 * Lists models one by one, asking for the next page only when it is needed.
 *
 * @throws {HubfitError} when the Hub cannot be reached or answers an error
 */
export async function* iterateHuggingFaceModels<F extends ListField = UsualField>(
  options: ListingOptions<F> = {},
): AsyncGenerator<Listed<F>, void, undefined> {
  for await (const { models } of iterateHuggingFacePages(options)) yield* models;
}
