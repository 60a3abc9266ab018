import { callCore } from '../core/call-core.ts';
import type { GetModelOptions } from '../hub/get-hugging-face-model.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { hubBase } from '../io/hub-base.ts';

/** The address of a file of a model. */
export function resolveUrl(model: HFModel, path: string, options: GetModelOptions): string {
  const revision = options.revision ?? model.sha ?? 'main';
  return hubBase(options) + callCore((core) => core.file_path(model.id, revision, path));
}
