import { callCore } from '../core/call-core.ts';
import { toJson } from '../core/to-json.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { modelJson } from './model-json.ts';

/** The weight file whose header says most: of the usual variant, and of its shards the first. */
export function chooseFile(
  model: HFModel,
  config: Record<string, unknown> | undefined,
): string | undefined {
  const [item, more] = [modelJson(model), toJson('evidence', config && { config })];
  return callCore((core) => core.usual_file(item, more));
}
