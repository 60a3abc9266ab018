import { callCore } from '../core/call-core.ts';
import { toJson } from '../core/to-json.ts';
import type { ModelMetadata } from '../generated/core.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { ModelEvidence } from './model-evidence.ts';
import { modelJson } from './model-json.ts';

/**
 * What we know of a model, field by field, each with where it is from.
 *
 * @throws {HubfitError} `invalid_model` when it is not an object
 */
export function extractModelMetadata(model: HFModel, evidence?: ModelEvidence): ModelMetadata {
  const [item, more] = [modelJson(model), toJson('evidence', evidence)];
  return callCore((core) => core.extract_model_metadata(item, more));
}
