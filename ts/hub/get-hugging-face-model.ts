import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { HubOptions } from '../io/hub-options.ts';
import { requestHub } from '../io/request-hub.ts';
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
  const path = callCore((core) => core.model_path(String(id), options.revision ?? ''));
  const { body, answer } = await requestHub(path, options);
  callCore((core) => core.check_model_answer(body, answer.status));
  return parseModel(body, answer.status);
}

function parseModel(body: Uint8Array, status: number): HFModel {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch (error) {
    // The core looks at less than the engine: `NaN` in a model card is none of its business.
    const message = `a model: expected its JSON, found ${String(error)}`;
    throw new HubfitError('invalid_response', message, { status });
  }
}
