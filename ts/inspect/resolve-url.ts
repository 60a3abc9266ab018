import type { GetModelOptions } from '../hub/get-hugging-face-model.ts';
import type { HFModel } from '../hub/hf-model.ts';

/** The address of a file of a model. */
export function resolveUrl(
  model: HFModel,
  path: string,
  { hubUrl = 'https://huggingface.co', revision }: GetModelOptions,
): string {
  const at = encodeURIComponent(revision ?? model.sha ?? 'main');
  const inside = path.split('/').map(encodeURIComponent).join('/');
  return `${String(hubUrl).replace(/\/+$/, '')}/${model.id}/resolve/${at}/${inside}`;
}
