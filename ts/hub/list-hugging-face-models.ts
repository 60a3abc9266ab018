import { iterateHuggingFaceModels } from './iterate-hugging-face-models.ts';
import type { Listed, ListField, ListingOptions, UsualField } from './listing-options.ts';

/**
 * Lists models, up to `limit` (100 where left out).
 *
 * @throws {HubfitError} when the Hub cannot be reached or answers an error
 */
export async function listHuggingFaceModels<F extends ListField = UsualField>(
  options: ListingOptions<F> = {},
): Promise<Listed<F>[]> {
  const models: Listed<F>[] = [];
  const limit = options.limit ?? 100;
  for await (const model of iterateHuggingFaceModels({ ...options, limit })) models.push(model);
  return models;
}
