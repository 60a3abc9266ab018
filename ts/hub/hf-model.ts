/**
 * A model as the Hub lists it. Absent values are missing keys, never null. Only what the Hub always sends is
 * certain; the rest depends on the model and on the fields asked for.
 */
export interface HFModel {
  /** `org/name`. */
  id: string;
  author?: string;
  sha?: string;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  lastModified?: string;
  /** Of the last 30 days. */
  downloads?: number;
  likes?: number;
  downloadsAllTime?: number;
  trendingScore?: number;
  private?: boolean;
  disabled?: boolean;
  gated?: false | 'auto' | 'manual';
  tags?: string[];
  /** Task. */
  pipeline_tag?: string;
  library_name?: string;
  /** `config.json`: reduced in listings (no layer counts, no context length). */
  config?: Record<string, unknown>;
  /** Files; sizes only with `getHuggingFaceModel` and `completeModels`. */
  siblings?: { rfilename: string; size?: number; [key: string]: unknown }[];
  /** Parameters by dtype. */
  safetensors?: { parameters?: Record<string, number>; total?: number };
  /** Read by the Hub from one file of the repository. */
  gguf?: { architecture?: string; context_length?: number; total?: number; [key: string]: unknown };
  /** The model card's metadata, as its author wrote it. */
  cardData?: Record<string, unknown>;
  /** How `transformers` loads it. */
  transformersInfo?: { auto_model?: string; pipeline_tag?: string; [key: string]: unknown };
  /** Who serves it. */
  inferenceProviderMapping?: unknown;
  /** `warm` where a provider has it loaded. */
  inference?: string;
  /** Results of evaluations. */
  evalResults?: unknown[];
  /** Spaces that use it, about 100 at most. */
  spaces?: string[];
  mask_token?: string;
  /** What it was made from; only asked for by name, at one request a model. */
  baseModels?: { relation?: string; models?: { id: string }[] };
  /** How many models were made from it, by relation; only asked for by name, at one request a model. */
  childrenModelCount?: Record<string, number>;
  /** Bytes of the whole history; only asked for by name, at one request a model. */
  usedStorage?: number;
  [key: string]: unknown;
}
