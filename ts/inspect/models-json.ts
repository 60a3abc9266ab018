import type { HFModel } from '../hub/hf-model.ts';
import { modelJson, relevant } from './model-json.ts';

/** A page of listing JSON from models. One that is no plain data becomes a row that the core tells of. */
export function modelsJson(models: readonly HFModel[]): string {
  try {
    return JSON.stringify(models.map(relevant));
  } catch {
    return `[${models.map(row).join(',')}]`;
  }
}

function row(model: HFModel): string {
  try {
    return modelJson(model);
  } catch {
    return '"no plain data"';
  }
}
