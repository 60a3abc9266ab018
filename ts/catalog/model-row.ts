import type { Geometry } from '../generated/readers.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { CatalogRow } from './catalog-row.ts';
import { memoryLine } from './memory-line.ts';
import { rowWithLine } from './row-with-line.ts';

/** The row of a model: a listing item, or what `completeModels` made of it, with the geometry it found. */
export function modelRow(model: HFModel, geometry: Geometry | null = null): CatalogRow {
  return rowWithLine(model, geometry, memoryLine);
}
