import type { Variant } from '../generated/repository.d.ts';
import type { HFModel } from '../hub/hf-model.ts';
import { extractModelMetadata } from './extract-model-metadata.ts';
import { fileFormat } from './file-format.ts';
import { groupFiles } from './group-files.ts';
import type { InspectModelOptions } from './inspect-model.ts';

/** The files whose headers are read. */
export interface ChosenHeaders {
  /** The one to open first, then the other shards that are needed. */
  paths: string[];
  /** Whether they are all weights of a safetensors checkpoint, whose parameters can be counted then. */
  countable: boolean;
}

/** The files whose headers say what the model is. */
export function chooseHeaders(
  model: HFModel,
  { file, shards = 'needed' }: Pick<InspectModelOptions, 'file' | 'shards'>,
): ChosenHeaders {
  const variant = chooseVariant(model, file);
  const first = file ?? variant?.primaryFile;
  // Whoever names a file is told why it cannot be read.
  if (!first || !(file || isReadable(first, variant))) return { paths: [], countable: false };
  if (!variant || shards === 'first' || (shards === 'needed' && !tellsMore(variant, model))) {
    return { paths: [first], countable: variant?.shards === 1 && isCheckpoint(variant) };
  }
  const others = weights(variant).filter((path) => path !== first);
  return { paths: [first, ...others], countable: isCheckpoint(variant) };
}

/** The variant of a file, else the one that one would take first. */
function chooseVariant(model: HFModel, file: string | undefined): Variant | undefined {
  const { variants, first } = groupFiles(model, extractModelMetadata(model));
  if (file) return variants.find(({ files }) => files.some(({ path }) => path === file));
  return variants.find(({ primaryFile }) => primaryFile === first);
}

/** Whether there is a reader for it. `.bin` says nothing, but the first bytes of a checkpoint do. */
function isReadable(path: string, variant: Variant | undefined): boolean {
  return fileFormat(path) !== undefined || variant?.format === 'pytorch';
}

/** Whether the headers of all shards tell what the Hub does not: it counts packed weights as they are stored. */
function tellsMore({ format, quantization, shards }: Variant, { safetensors }: HFModel): boolean {
  if (format === 'gguf') return shards > 1;
  return format === 'safetensors' && (!safetensors?.parameters || quantization !== null);
}

function isCheckpoint({ format, complete }: Variant): boolean {
  return format === 'safetensors' && complete;
}

/** Its files of weights, without an index and what else belongs to them. */
function weights({ format, files }: Variant): string[] {
  return files.map(({ path }) => path).filter((path) => fileFormat(path) === format);
}
