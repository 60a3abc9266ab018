import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import { requestHub } from '../io/request-hub.ts';
import { withoutHubOptions } from '../io/without-hub-options.ts';
import type { GetModelOptions } from './get-hugging-face-model.ts';
import type { HFModel } from './hf-model.ts';
import { withId } from './with-id.ts';

/** Asks for one model. */
export function askModel(
  id: string,
  options: GetModelOptions & { fields?: readonly string[] },
): Promise<HFModel> {
  const wanted = { id, ...withoutHubOptions(options) };
  const path = callCore((core) => core.model_path(toJson('options', wanted)));
  return requestHub(path, options, ({ answer, status, body }) => {
    callCore((core) => core.check_model_answer(answer, body));
    return parseModel(body, status);
  });
}

/** The model that an answer of the single-model route holds. */
function parseModel(body: Uint8Array, status: number): HFModel {
  try {
    return withId(JSON.parse(new TextDecoder().decode(body)));
  } catch (error) {
    // The core looks at less than the engine: `NaN` in a model card is none of its business.
    const message = `a model: expected its JSON, found ${String(error)}`;
    throw new HubfitError('invalid_response', message, { status });
  }
}
