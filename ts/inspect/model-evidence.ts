import type { FileFacts } from '../generated/core.d.ts';
import type { HFModel } from '../hub/hf-model.ts';

/** What is known of a model beyond its listing; each part outranks the listing's own. */
export interface ModelEvidence {
  /** The whole `config.json`. */
  config?: Record<string, unknown>;
  /** Facts of a GGUF header. */
  gguf?: NonNullable<HFModel['gguf']>;
  /** Files, with sizes where known. */
  siblings?: NonNullable<HFModel['siblings']>;
  /** Parameters by dtype. */
  safetensors?: NonNullable<HFModel['safetensors']>;
  /** What headers of the model's files say: the first GGUF file outranks what the Hub read from another. */
  files?: FileEvidence[];
  /** Parameters, counted in all files of one variant: packed weights count as what they stand for. */
  parameterCount?: number;
  /** Chat templates, the default one first: what each reads. */
  chatTemplates?: FileFacts['chatTemplates'];
}

/** What the header of one file says of the model as a whole. */
export type FileEvidence = { path: string } & Pick<
  FileFacts,
  'format' | 'kind' | 'architecture' | 'contextLength' | 'elementCount' | 'quantization' | 'split'
> &
  Partial<
    Pick<FileFacts, 'version' | 'headerBytes' | 'largestTensor' | 'types' | 'chatTemplates'>
  > & {
    /** `tokenizer.ggml.pre` of a GGUF file. */
    preTokenizer?: string | undefined;
  };
