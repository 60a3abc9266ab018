import type { MemoryLine } from './memory-line.ts';

/**
 * What each token of context takes, as a share of parameters^(2/3): above 99.5 % of 1,597 models of the Hub whose layers
 * and heads are known, the median being a tenth of it. Models of today have fewer KV heads than this allows for.
 */
const TOKEN_SHARE = 0.3;

/** The largest computation buffers of llama.cpp at its usual batch: logits of 256,000 tokens for 512 positions. */
const COMPUTE = 512 * 2 ** 20;

/** Bytes of a weight where only parameters are known: few models are published wider than 16 bits. */
const BYTES_PER_PARAMETER = 2;

/** The bits of a weight in the smallest quantizations that are made (IQ1_S), to bound parameters from bytes. */
const FEWEST_BITS = 1.56;

/** The line of a model whose geometry is not known: above what nearly all take. Nothing where no size is known either. */
export function approximateLine({
  bytes,
  parameters,
}: {
  bytes?: number | undefined;
  parameters?: number | undefined;
}): MemoryLine | undefined {
  const weights = bytes ?? (parameters && parameters * BYTES_PER_PARAMETER);
  if (!weights) return undefined;
  const most = parameters ?? (weights * 8) / FEWEST_BITS;
  return { fixed: weights + COMPUTE, token: TOKEN_SHARE * most ** (2 / 3), host: 0 };
}
