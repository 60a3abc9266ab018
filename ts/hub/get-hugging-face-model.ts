import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { HubOptions } from '../io/hub-options.ts';
import { requestHub } from '../io/request-hub.ts';
import { withoutHubOptions } from '../io/without-hub-options.ts';
import type { HFModel } from './hf-model.ts';
import { withId } from './with-id.ts';

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
  const wanted = { id, ...withoutHubOptions(options) };
  const path = callCore((core) => core.model_path(toJson('options', wanted)));
  return requestHub(path, options, ({ answer, status, body }) => {
    callCore((core) => core.check_model_answer(answer, body));
    return parseModel(body, status);
  });
}

/** The model that an answer of the single-model route holds. */
export function parseModel(body: Uint8Array, status: number): HFModel {
  try {
    return withId(JSON.parse(new TextDecoder().decode(body)));
  } catch (error) {
    // The core looks at less than the engine: `NaN` in a model card is none of its business.
    const message = `a model: expected its JSON, found ${String(error)}`;
    throw new HubfitError('invalid_response', message, { status });
  }
}
