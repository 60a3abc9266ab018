import type { Geometry } from '../generated/readers.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { BuildCatalogOptions, CatalogModel } from './build-catalog.ts';
import type { CatalogFiles } from './catalog-files.ts';
import type { CatalogRow } from './catalog-row.ts';
import { rowRuntimes } from './row-runtimes.ts';
import { type FindLine, rowWithLine } from './row-with-line.ts';
import { type CatalogShard, writeFiles } from './write-files.ts';

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

/** Makes a snapshot: `buildCatalog`, with all that it needs. */
export async function buildSnapshot(
  models: AsyncIterable<CatalogModel> | Iterable<CatalogModel>,
  options: BuildCatalogOptions,
  findLine: FindLine,
): Promise<CatalogFiles> {
  const { callCatalogBuild: call } = await import('../core/call-catalog-build.ts');
  const builder = call((core) => new core.CatalogBuilder());
  try {
    let rows = 0;
    for await (const batch of inBatches(models, options, findLine)) {
      const json = JSON.stringify(batch);
      call(() => builder.push(json));
      rows += batch.length;
      options.onProgress?.(rows);
    }
    const tiers = Uint32Array.from(options.tiers ?? TIERS);
    return await writeFiles(call(() => builder.finish(tiers)) as CatalogShard[], options);
  } finally {
    builder.free();
  }
}

async function* inBatches(
  models: AsyncIterable<CatalogModel> | Iterable<CatalogModel>,
  options: BuildCatalogOptions,
  findLine: FindLine,
): AsyncGenerator<CatalogRow[]> {
  let batch: CatalogModel[] = [];
  for await (const model of models) {
    options.signal?.throwIfAborted();
    batch.push(model);
    if (batch.length < BATCH) continue;
    yield rowsOf(batch, options, findLine);
    batch = [];
  }
  if (batch.length > 0) yield rowsOf(batch, options, findLine);
}

function rowsOf(
  batch: readonly CatalogModel[],
  options: BuildCatalogOptions,
  findLine: FindLine,
): CatalogRow[] {
  const rows = batch.flatMap((given) => {
    try {
      return [{ row: rowOf(given, findLine), model: modelOf(given) }];
    } catch (reason) {
      options.onSkip?.(given, reason as Error);
      return [];
    }
  });
  return rowRuntimes(rows, options.runtimes);
}

function rowOf(given: CatalogModel, findLine: FindLine): CatalogRow {
  const { row, model, geometry } = given as Given;
  if (isObject(row)) return row;
  if (isObject(model)) return rowWithLine(model, geometry ?? null, findLine);
  return rowWithLine(given as HFModel, null, findLine);
}

function modelOf(given: CatalogModel): HFModel | undefined {
  const { row, model } = given as Given;
  if (isObject(row)) return undefined;
  return isObject(model) ? model : (given as HFModel);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
