import type { ModelMetadata } from '../generated/core.d.ts';
import type { FileFacts, Geometry } from '../generated/readers.d.ts';
import type {
  ConfigFacts,
  Sidecar,
  TransformersJsFacts,
  Variant,
} from '../generated/repository.d.ts';
import { type GetModelOptions, getHuggingFaceModel } from '../hub/get-hugging-face-model.ts';
import type { HFModel } from '../hub/hf-model.ts';
import type { ReadProgress } from '../io/counted-source.ts';
import type { ModelEvidence } from './model-evidence.ts';

/** What was found out about a model, and where it was read. */
export interface ModelInspection {
  model: HFModel;
  /** What is known of it, with what its files say; where sources differ, `findings` tell. */
  metadata: ModelMetadata;
  /** The sets of files that load as one model. */
  variants: Variant[];
  /** What transformers.js loads, by sessions and dtypes; null where no file has the name of one of its sessions. */
  transformersJs: TransformersJsFacts | null;
  /** Files that accompany those: projectors, adapters, importance matrices, tokenizers. */
  sidecars: Sidecar[];
  /** What memory is computed from: as a header states it, else as `config.json` does; null where neither does. */
  geometry: Geometry | null;
  /** What the small files around the weights say. */
  configs: ConfigFacts;
  /** The files whose headers were read: the one to open first, then the other shards. */
  files: InspectedFile[];
  /** What was read beyond the listing: use it as evidence for a check. */
  evidence: ModelEvidence;
}

/** What the header of a file says, and where the file is. */
export type InspectedFile = FileFacts & { path: string };

/** How an inspection is going. */
export interface InspectProgress extends ReadProgress {
  /** Files read. */
  done: number;
  /** Files to read. */
  total: number;
}

/** Which version and files of the model, and how to reach the Hub. */
export interface InspectModelOptions extends GetModelOptions {
  /** The file to read, with its shards; that of the variant one would take first where left out. */
  file?: string;
  /**
   * Whose headers of a model in shards are read: `all`, the `first` only, or all only where they tell more than
   * the Hub does (`needed`, the default): it counts no parameters of split GGUF files and of packed weights.
   */
  shards?: 'needed' | 'all' | 'first';
  /** Requests at a time; 6 where left out, as many as browsers make to one host. */
  concurrency?: number;
  /** Told after each read. */
  onProgress?: (progress: InspectProgress) => void;
}

/**
 * Reads what a model's own files say: its configs, and the headers of one variant's weights.
 *
 * Costs one request for the model, one for each config (of which there are some), and as a rule one for each
 * header; the Hub counts a read of `config.json` as a download.
 *
 * @throws {HubfitError} when the model or a file cannot be reached, or a file is damaged
 */
export async function inspectModel(
  id: string,
  options: InspectModelOptions = {},
): Promise<ModelInspection> {
  const model = await getHuggingFaceModel(id, which(options));
  // The readers are a module of their own: a page that inspects nothing never loads them.
  const { readModelFiles } = await import('./read-model-files.ts');
  return readModelFiles(model, options);
}

function which(options: InspectModelOptions): GetModelOptions {
  const { file, shards, concurrency, onProgress, ...rest } = options;
  return rest;
}
