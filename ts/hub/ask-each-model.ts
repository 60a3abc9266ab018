import type { HubOptions } from '../io/hub-options.ts';
import { inParallel } from '../io/in-parallel.ts';
import { askModelDetails, type ModelDetail } from './ask-model-details.ts';
import type { HFModel } from './hf-model.ts';
import { isOfOneModel } from './is-of-one-model.ts';
import type { ListingOptions } from './listing-options.ts';

/** How many at a time, and who is told of what is not there. */
export interface AskEachOptions extends HubOptions, Pick<ListingOptions, 'onSkip'> {
  concurrency: number;
}

/** Asks for details of each model of a page. A model that is gone meanwhile stays as it was listed. */
export function askEachModel(
  models: readonly HFModel[],
  details: readonly ModelDetail[],
  options: AskEachOptions,
): Promise<HFModel[]> {
  const { concurrency, onSkip } = options;
  const rows = models.map((model, index) => ({ model, index }));
  return inParallel(rows, { concurrency, signal: options.signal }, async (row, signal) => {
    try {
      return await askModelDetails(row.model, details, { ...options, signal });
    } catch (error) {
      if (!isOfOneModel(error)) throw error;
      const message = `${row.model.id} stays without ${details.join(', ')}: ${error.message}`;
      onSkip?.({ index: row.index, code: error.code, message });
      return row.model;
    }
  });
}
