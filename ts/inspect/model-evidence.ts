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
}
