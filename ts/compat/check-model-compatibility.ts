import { callCore } from '../core/call-core.ts';
import { callVerdict } from '../core/call-verdict.ts';
import { toJson } from '../core/to-json.ts';
import type { CompatibilityResult } from '../generated/core.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { ModelEvidence } from '../inspect/model-evidence.ts';
import { modelJson, wholeModelJson } from '../inspect/model-json.ts';
import { runtimeJson, type Target, workerJson } from './target.ts';

/**
 * Whether a model is compatible with a target, how sure that is, and why.
 *
 * Against a runtime at a version the answer is by its own lists, as the knowledge base holds them: each finding has the
 * facts behind it, and `checked` says what was looked at. Of several variants the one that runs best is judged.
 *
 * @throws {HubfitError} `invalid_model` when it is not an object, `invalid_argument` for a wrong target: a runtime,
 * version or device that is not known is named with the nearest ones
 */
export function checkModelCompatibility(
  model: HFModel,
  target?: Target,
  evidence?: ModelEvidence,
): CompatibilityResult {
  const [more, runtime] = [toJson('evidence', evidence), runtimeJson(target)];
  if (runtime !== undefined) {
    const item = wholeModelJson(model);
    return callVerdict((core) => core.check_runtime_compatibility(item, more, runtime));
  }
  const [item, worker] = [modelJson(model), workerJson(target)];
  return callCore((core) => core.check_model_compatibility(item, more, worker));
}
