import type { Hardware } from '../generated/core.d.ts';
import type { CacheType } from '../generated/memory.d.ts';
import type { FileFacts } from '../generated/readers.d.ts';
import type { MemoryModel } from './memory-model.ts';

/** The runtimes that are llama.cpp inside. */
export type LlamaCppRuntime = 'llama.cpp' | 'ollama' | 'lm-studio' | 'wllama' | 'node-llama-cpp';

/** Settings of llama.cpp's family. What is left out is the runtime's own. */
export interface LlamaCppOptions {
  /** The runtime; llama.cpp's server where left out. */
  runtime?: LlamaCppRuntime;
  /** Tokens of context, of all sequences together (`--ctx-size`); 0 is what the model was trained on. */
  contextLength?: number;
  /** Tokens that are given at once (`--batch-size`). */
  batch?: number;
  /** Tokens that are computed at once (`--ubatch-size`). */
  ubatch?: number;
  /** Sequences at the same time (`--parallel`). */
  parallel?: number;
  /** Whether sequences share one cache (`--kv-unified`). */
  kvUnified?: boolean;
  /** How keys are stored (`--cache-type-k`). */
  cacheTypeK?: CacheType;
  /** How values are stored (`--cache-type-v`). */
  cacheTypeV?: CacheType;
  /** Whether attention goes without its whole matrix (`--flash-attn`). */
  flashAttention?: 'auto' | 'on' | 'off';
  /** Whether layers with a window keep the whole context (`--swa-full`). */
  swaFull?: boolean;
  /** Layers on GPUs, the output among them (`--gpu-layers`); as many as fit where left out. */
  gpuLayers?: number | 'auto' | 'all';
  /** Layers whose experts stay in the computer's memory (`--n-cpu-moe`); `all` is `--cpu-moe`. */
  cpuMoe?: number | 'all';
  /** The share of each GPU (`--tensor-split`); by their memory where left out. */
  tensorSplit?: readonly number[];
  /** Whether caches stay in the computer's memory (`--no-kv-offload`). */
  noKvOffload?: boolean;
  /** Whether files are mapped; no where `--no-mmap`. */
  mmap?: boolean;
  /** Whether weights may be laid out anew for the CPU; no where `--no-repack`. */
  repack?: boolean;
  /** Whether embeddings are wanted (`--embeddings`). */
  embeddings?: boolean;
  /** Whether context and placement follow what memory is free (`--fit`); as the runtime does where left out. */
  fit?: boolean;
  /** What `inspectFile` says of a projector (`--mmproj`). */
  mmproj?: FileFacts;
  /** What `inspectFile` says of low-rank adapters (`--lora`), or the bytes of their tensors. */
  lora?: readonly (FileFacts | number)[];
  /** Whether the model's own layers that predict further tokens draft (`--spec-type draft-mtp`). */
  mtp?: boolean;
  /** A small model whose guesses the model checks (`--model-draft`), or how `mtp` drafts. */
  draft?: DraftOptions;
}

/** How a draft is run. */
export interface DraftOptions {
  /** The small model; left out with `mtp`. */
  model?: MemoryModel;
  /** Tokens that it guesses at most (`--spec-draft-n-max`). */
  tokens?: number;
  /** How its keys are stored. */
  cacheTypeK?: CacheType;
  /** How its values are stored. */
  cacheTypeV?: CacheType;
  /** Its layers on GPUs. */
  gpuLayers?: number;
}

/** What an estimate is asked for. */
export interface EstimateOptions extends LlamaCppOptions {
  /** The variant by label, name or file: `Q4_K_M`; the one whose headers were read where left out. */
  variant?: string;
  /** The machine, or what `findHardware` knows: `RTX 4090 + 64 GB RAM`; a CPU with memory enough where left out. */
  hardware?: string | Hardware;
}
