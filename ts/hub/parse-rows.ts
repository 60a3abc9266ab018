import type { SelectedRows } from '../generated/core.d.ts';
import type { HFModel } from './hf-model.ts';

/** The chosen rows of a page as objects; the others are never parsed. */
export function parseRows(page: Uint8Array, rows: SelectedRows): HFModel[] {
  const decoder = new TextDecoder();
  const models: HFModel[] = [];
  for (let at = 0; at < rows.kept.length; at += 3) {
    const json = decoder.decode(page.subarray(rows.kept[at + 1], rows.kept[at + 2]));
    models.push(withId(JSON.parse(json)));
  }
  return models;
}

/** Old rows call it `modelId`. */
function withId(model: HFModel & { modelId?: string }): HFModel {
  if (!model.id && model.modelId) model.id = model.modelId;
  return model;
}
