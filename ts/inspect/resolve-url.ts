import type { GetModelOptions } from '../hub/get-hugging-face-model.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { hubBase } from '../io/hub-base.ts';

/** The address of a file of a model. */
export function resolveUrl(model: HFModel, path: string, options: GetModelOptions): string {
  const at = encodeURIComponent(options.revision ?? model.sha ?? 'main');
  const inside = path.split('/').map(encodeURIComponent).join('/');
  return `${hubBase(options)}/${model.id}/resolve/${at}/${inside}`;
}
