import type { HFModel } from '../hub/hf-model.ts';
import { listCompatibleModels } from './list-compatible-models.ts';
import type { SearchOptions } from './search-options.ts';

/**
 * Searches the Hub's model ids for a text and keeps the compatible ones, up to `limit` (100 where left out).
 *
 * @throws {HubfitError} when the Hub cannot be reached or answers an error
 */
export async function searchCompatibleModels(
  query: string,
  options: SearchOptions = {},
): Promise<HFModel[]> {
  return listCompatibleModels({ ...options, search: query });
}
