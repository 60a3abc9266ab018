import type { HFModel } from './hf-model.ts';
import { iterateHuggingFaceModels } from './iterate-hugging-face-models.ts';
import type { ListingOptions } from './listing-options.ts';

/**
 * Lists models, up to `limit` (100 where left out).
 *
 * @throws {HubfitError} when the Hub cannot be reached or answers an error
 */
export async function listHuggingFaceModels(options: ListingOptions = {}): Promise<HFModel[]> {
  const models: HFModel[] = [];
  for await (const model of iterateHuggingFaceModels({ ...options, limit: options.limit ?? 100 })) {
    models.push(model);
  }
  return models;
}
