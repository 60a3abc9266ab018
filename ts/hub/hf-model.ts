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
  /** Files; sizes only with `getHuggingFaceModel`. */
  siblings?: { rfilename: string; size?: number }[];
  /** Parameters by dtype. */
  safetensors?: { parameters?: Record<string, number>; total?: number };
  /** Read by the Hub from one file of the repository. */
  gguf?: { architecture?: string; context_length?: number; total?: number; [key: string]: unknown };
  [key: string]: unknown;
}
