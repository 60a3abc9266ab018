import type { HubOptions } from '../io/hub-options.ts';
import type { HFModel } from './hf-model.ts';

/** Which version of the model, and how to reach the Hub. */
export interface GetModelOptions extends HubOptions {
  /** A branch, tag or commit; the default branch where left out. */
  revision?: string;
}

/**
 * One model with its file sizes.
 *
 * @throws {HubfitError} `repo_not_found`, `revision_not_found`, … or when the Hub cannot be reached
 */
export async function getHuggingFaceModel(
  id: string,
  options: GetModelOptions = {},
): Promise<HFModel> {
  const { askModel } = await import('./ask-model.ts');
  return askModel(id, options);
}
