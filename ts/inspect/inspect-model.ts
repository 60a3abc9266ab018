import type { FileFacts, ModelMetadata } from '../generated/core.d.ts';
import { type GetModelOptions, getHuggingFaceModel } from '../hub/get-hugging-face-model.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { httpSource } from '../io/http-source.ts';
import { chooseFile } from './choose-file.ts';
import { extractModelMetadata } from './extract-model-metadata.ts';
import type { ModelEvidence } from './model-evidence.ts';
import { readConfig } from './read-config.ts';
import { type ReadFileOptions, readFileFacts } from './read-file-facts.ts';
import { resolveUrl } from './resolve-url.ts';

/** What was found out about a model, and where it was read. */
export interface ModelInspection {
  model: HFModel;
  metadata: ModelMetadata;
  /** What was read beyond the listing: use it as evidence for a check. */
  evidence: ModelEvidence;
  /** The file whose header was read, if there is one that can be. */
  file: (FileFacts & { path: string }) | undefined;
}

/** Which version and file of the model, and how to reach the Hub. */
export interface InspectModelOptions extends GetModelOptions, Pick<ReadFileOptions, 'onProgress'> {
  /** The file to read; the one that one would take first where left out. */
  file?: string;
}

/**
 * Reads what a model's own files say: `config.json`, and the header of one weight file.
 *
 * Costs one request for the model and at most four for files; the Hub counts a read of `config.json` as a
 * download.
 *
 * @throws {HubfitError} when the model or a file cannot be reached, or a file is damaged
 */
export async function inspectModel(
  id: string,
  options: InspectModelOptions = {},
): Promise<ModelInspection> {
  const { file: wanted, onProgress, ...get } = options;
  const model = await getHuggingFaceModel(id, get);
  const config = await readConfig(model, get);
  const path = wanted ?? chooseFile(model, config);
  const file = path === undefined ? undefined : await readHeader(model, path, options);
  const evidence = { ...(config && { config }), ...(file && fromHeader(file)) };
  return { model, metadata: extractModelMetadata(model, evidence), evidence, file };
}

async function readHeader(
  model: HFModel,
  path: string,
  { onProgress, ...options }: InspectModelOptions,
): Promise<FileFacts & { path: string }> {
  const source = httpSource(resolveUrl(model, path, options), options);
  const facts = await readFileFacts(source, onProgress ? { onProgress } : {});
  return { ...facts, path };
}

/** A GGUF header outranks what the Hub read from another file of the repository. */
function fromHeader({
  format,
  architecture,
  contextLength,
  elementCount,
  split,
}: FileFacts): ModelEvidence {
  if (format !== 'gguf') return {};
  return {
    gguf: {
      ...(architecture !== null && { architecture }),
      ...(contextLength !== null && { context_length: contextLength }),
      // A shard holds a part of the parameters.
      ...(split === null && { total: elementCount }),
    },
  };
}
