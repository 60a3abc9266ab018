import type { HFModel } from './hf-model.ts';

/** Old rows call their id `modelId`. */
export function withId(model: HFModel & { modelId?: string }): HFModel {
  if (!model.id && model.modelId) model.id = model.modelId;
  return model;
}
