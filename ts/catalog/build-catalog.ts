import type { Geometry } from '../generated/readers.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { CatalogFiles } from './catalog-files.ts';
import type { CatalogRow } from './catalog-row.ts';
import { memoryLine } from './memory-line.ts';

/** A model to put into a catalog: a listing item, what `completeModels` made of it, or a row that is made already. */
export type CatalogModel =
  | HFModel
  | { model: HFModel; geometry: Geometry | null }
  | { row: CatalogRow };

/** How a catalog is built. */
export interface BuildCatalogOptions {
  /** Runtimes that each model is checked against, at their newest versions; none, for speed, where the list is empty. */
  runtimes?: readonly string[];
  /** Models of the first tiers, by downloads; what is left is the last one. 2,000, 18,000, 180,000 where left out. */
  tiers?: readonly number[];
  /** When it is made; now where left out. */
  created?: Date;
  /** `none` for hosts that pack what they serve; `gzip` where left out. */
  compression?: 'gzip' | 'none';
  /** Told of a model that could not be read and was left out. */
  onSkip?: (model: unknown, reason: Error) => void;
  /** Told now and then how many models were taken. */
  onProgress?: (rows: number) => void;
  signal?: AbortSignal;
}

/**
 * Makes a snapshot of models: files for any static host, which `openCatalog` opens. Models are taken one by one, and kept
 * as columns only. Of several with one id, the last counts.
 *
 * @throws {HubfitError} `invalid_argument` for an unknown runtime, `limit_exceeded` for more models than a catalog holds
 */
export async function buildCatalog(
  models: AsyncIterable<CatalogModel> | Iterable<CatalogModel>,
  options: BuildCatalogOptions = {},
): Promise<CatalogFiles> {
  const { buildSnapshot } = await import('./build-snapshot.ts');
  // Handed over: a page that only lists models would otherwise carry the rules of memory with whatever may build.
  return buildSnapshot(models, options, memoryLine);
}
