import type { HubOptions } from '../io/hub-options.ts';
import { onlyHubOptions } from '../io/without-hub-options.ts';
import { askModel } from './ask-model.ts';
import type { HFModel } from './hf-model.ts';
import type { ModelRouteField } from './listing-options.ts';

/** What costs a request for each model: the sizes of its files, and what the list route refuses. */
export type ModelDetail = 'sizes' | ModelRouteField;

/** Asks for details of a model that was listed: one request for all of them, and no more than they need. */
export async function askModelDetails(
  model: HFModel,
  details: readonly ModelDetail[],
  options: HubOptions,
): Promise<HFModel> {
  const fields = details.map((detail) => (detail === 'sizes' ? 'siblings' : detail));
  // The files of a commit never change: a cache need not ask for them again.
  const sizesOnly = fields.every((field) => field === 'siblings');
  const revision = sizesOnly && model.sha ? { revision: model.sha } : {};
  const answer = await askModel(model.id, { ...onlyHubOptions(options), ...revision, fields });
  return { ...model, ...answer };
}
