import { callCore } from '../core/call-core.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { modelJson } from './model-json.ts';

/** The weight file of a model whose header says most. */
export function usualFile(model: HFModel): string | undefined {
  return callCore((core) => core.usual_file(modelJson(model), ''));
}
