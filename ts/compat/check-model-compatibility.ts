import { callCore } from '../core/call-core.ts';
import { toJson } from '../core/to-json.ts';
import type { CompatibilityResult } from '../generated/core.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { ModelEvidence } from '../inspect/model-evidence.ts';
import { modelJson } from '../inspect/model-json.ts';
import { type Target, workerJson } from './target.ts';

/**
 * Whether a model is compatible with a target, how sure that is, and why.
 *
 * @throws {HubfitError} `invalid_model` when it is not an object, `invalid_argument` for a wrong target
 */
export function checkModelCompatibility(
  model: HFModel,
  target?: Target,
  evidence?: ModelEvidence,
): CompatibilityResult {
  const [item, more, worker] = [modelJson(model), toJson('evidence', evidence), workerJson(target)];
  return callCore((core) => core.check_model_compatibility(item, more, worker));
}
