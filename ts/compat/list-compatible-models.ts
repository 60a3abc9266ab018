import type { HFModel } from '../hub/hf-model.ts';
import type { SearchOptions } from './search-options.ts';

/**
 * Lists compatible models, up to `limit` (100 where left out), asking for pages until there are enough.
 *
 * @throws {HubfitError} when the Hub cannot be reached or answers an error
 */
export async function listCompatibleModels(options: SearchOptions = {}): Promise<HFModel[]> {
  const { compatibleModels } = await import('./compatible-models.ts');
  return compatibleModels(options);
}
