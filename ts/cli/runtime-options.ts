import { type Command, Option } from 'commander';
import type { RuntimeTarget } from '../compat/target.ts';
import { wholeNumber } from './worker-options.ts';

/** The runtime that a model is checked against, and what it runs on and for. */
export interface RuntimeOptions {
  runtime?: string[];
  hardware?: string;
  variant?: string;
  context?: number;
  parallel?: number;
  cacheTypeK?: string;
  cacheTypeV?: string;
  flashAttn?: 'auto' | 'on' | 'off';
  dtype?: string;
  loraRank?: number;
  for?: RuntimeTarget['uses'];
}

const USES = ['chat', 'tools', 'vision', 'embeddings'];

/** Adds the options that describe a target. */
export function addRuntimeOptions(command: Command): Command {
  return command
    .option('--runtime <name...>', 'vllm@0.33.0; several make a matrix')
    .option('--hardware <text>', '"RTX 4090", "2x3090 + 64 GB RAM", "M3 Max 64GB", "8 GB GPU"')
    .option('--variant <label>', 'the one variant that is meant: Q4_K_M, gguf')
    .option('--context <tokens>', 'context that is wanted', wholeNumber)
    .option('--parallel <sequences>', 'sequences at the same time', wholeNumber)
    .option('--cache-type-k <type>', 'how keys of the cache are stored: q8_0, fp8')
    .option('--cache-type-v <type>', 'how values of the cache are stored')
    .addOption(new Option('--flash-attn <when>', 'flash attention').choices(['auto', 'on', 'off']))
    .option('--dtype <type>', 'the type that weights are computed in: float16')
    .option('--lora-rank <rank>', 'an adapter of this rank on top', wholeNumber)
    .addOption(new Option('--for <use...>', 'what it is wanted for').choices(USES));
}

/** The target with a runtime. */
export function runtimeTarget(runtime: string, options: RuntimeOptions): RuntimeTarget {
  const { hardware, variant, context, parallel, cacheTypeK, cacheTypeV, flashAttn } = options;
  const { dtype, loraRank, for: uses } = options;
  return {
    runtime,
    ...(hardware && { hardware }),
    ...(variant && { variant }),
    ...(context && { contextLength: context }),
    ...(parallel && { parallel }),
    ...(cacheTypeK && { cacheTypeK }),
    ...(cacheTypeV && { cacheTypeV }),
    ...(flashAttn && { flashAttention: flashAttn }),
    ...(dtype && { dtype }),
    ...(loraRank && { lora: { rank: loraRank } }),
    ...(uses && { uses }),
  };
}
