import type { Geometry } from '../generated/readers.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { CatalogFiles } from './catalog-files.ts';
import type { CatalogRow } from './catalog-row.ts';
import { loadCatalogCore } from './load-catalog-core.ts';
import { modelRow } from './model-row.ts';
import { rowRuntimes } from './row-runtimes.ts';
import { type CatalogShard, writeFiles } from './write-files.ts';

/** A model to put into a catalog: a listing item, what `completeModels` made of it, or a row that is made already. */
export type CatalogModel =
  | HFModel
  | { model: HFModel; geometry: Geometry | null }
  | { row: CatalogRow };

/** How a catalog is built. */
export interface BuildCatalogOptions {
  /** Runtimes that each model is checked against, at their newest versions; none, for speed, where the list is empty. */
  runtimes?: readonly string[];
  /** Models of the first tiers, by downloads; what is left is the last one. 2,000, 20,000, 200,000 where left out. */
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

/** A model in any of its shapes. */
interface Given {
  row?: CatalogRow;
  model?: HFModel;
  geometry?: Geometry | null;
}

/** Rows that are checked and cross the boundary at a time. */
const BATCH = 512;

/** A page is usable with the first; the second holds what nearly everybody looks for. */
const TIERS = [2000, 18_000, 180_000] as const;

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
  const core = await loadCatalogCore();
  const builder = core.call((glue) => new glue.CatalogBuilder());
  try {
    let rows = 0;
    for await (const batch of inBatches(models, options)) {
      const json = JSON.stringify(batch);
      core.call(() => builder.push(json));
      rows += batch.length;
      options.onProgress?.(rows);
    }
    const tiers = Uint32Array.from(options.tiers ?? TIERS);
    return await writeFiles(core.call(() => builder.finish(tiers)) as CatalogShard[], options);
  } finally {
    builder.free();
  }
}

async function* inBatches(
  models: AsyncIterable<CatalogModel> | Iterable<CatalogModel>,
  options: BuildCatalogOptions,
): AsyncGenerator<CatalogRow[]> {
  let batch: CatalogModel[] = [];
  for await (const model of models) {
    options.signal?.throwIfAborted();
    batch.push(model);
    if (batch.length < BATCH) continue;
    yield rowsOf(batch, options);
    batch = [];
  }
  if (batch.length > 0) yield rowsOf(batch, options);
}

function rowsOf(batch: readonly CatalogModel[], options: BuildCatalogOptions): CatalogRow[] {
  const rows = batch.flatMap((given) => {
    try {
      return [{ row: rowOf(given), model: modelOf(given) }];
    } catch (reason) {
      options.onSkip?.(given, reason as Error);
      return [];
    }
  });
  return rowRuntimes(rows, options.runtimes);
}

function rowOf(given: CatalogModel): CatalogRow {
  const { row, model, geometry } = given as Given;
  if (isObject(row)) return row;
  return isObject(model) ? modelRow(model, geometry ?? null) : modelRow(given as HFModel);
}

function modelOf(given: CatalogModel): HFModel | undefined {
  const { row, model } = given as Given;
  if (isObject(row)) return undefined;
  return isObject(model) ? model : (given as HFModel);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
