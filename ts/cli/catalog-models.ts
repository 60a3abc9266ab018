import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { asyncBufferFromFile } from 'hyparquet';
import type { CatalogModel } from '../catalog/build-catalog.ts';
import { catalogModel } from '../catalog/export/catalog-model.ts';
import { objectsInJson } from '../catalog/export/objects-in-json.ts';
import { objectsInParquet } from '../catalog/export/objects-in-parquet.ts';
import { CATALOG_FIELDS } from '../catalog/listing-fields.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { iterateHuggingFaceModels } from '../hub/iterate-hugging-face-models.ts';
import { hubOptions, readSample, type SourceOptions } from './model-source.ts';

/** Where the models of a catalog come from. */
export interface ModelsOptions extends SourceOptions {
  /** `hub`, `sample`, or a file. */
  from: string;
  limit?: number;
}

/** Models from the Hub, or from a file whose name says its format: never more of them at once than a page or a row group. */
export async function* catalogModels(options: ModelsOptions): AsyncGenerator<CatalogModel> {
  const { limit = Number.POSITIVE_INFINITY } = options;
  let count = 0;
  if (limit < 1) return;
  for await (const model of found(options)) {
    yield model;
    if (++count >= limit) return;
  }
}

async function* found(options: ModelsOptions): AsyncGenerator<CatalogModel> {
  const { from } = options;
  if (from === 'hub') yield* fromHub(options);
  else if (from === 'sample') yield* readSample();
  else for await (const one of objects(from)) yield catalogModel(one);
}

function fromHub(options: ModelsOptions): AsyncIterable<CatalogModel> {
  return iterateHuggingFaceModels({
    ...hubOptions(options),
    sort: 'popular',
    fields: CATALOG_FIELDS,
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    onSkip: (row) => process.stderr.write(`row ${row.index} was left out: ${row.message}\n`),
  });
}

async function* objects(file: string): AsyncGenerator<Record<string, unknown>> {
  await readable(file);
  if (/\.parquet$/i.test(file)) yield* objectsInParquet(await asyncBufferFromFile(file));
  else if (/\.(json|ndjson|jsonl)$/i.test(file)) yield* objectsInJson(createReadStream(file));
  else {
    throw new HubfitError(
      'invalid_argument',
      `--from ${file}: expected hub, sample, or a file that ends in .json, .ndjson, .jsonl or .parquet`,
    );
  }
}

async function readable(file: string): Promise<void> {
  try {
    await access(file);
  } catch (cause) {
    throw new HubfitError('invalid_argument', `--from ${file}: no such file`, { cause });
  }
}
