// Sizes for weights whose true size no row states. They are estimates for tests of whole programs,
// where a 70B model of a few kilobytes would be absurd; they are off unless asked for.

import type { SampleModel } from './types.ts';

/** Bytes per stored element, by the start of the dtype's name. */
const DTYPE_BYTES: [start: string, bytes: number][] = [
  ['F64', 8],
  ['I64', 8],
  ['F32', 4],
  ['I32', 4],
  ['U32', 4],
  ['BF16', 2],
  ['F16', 2],
  ['I16', 2],
];

function bytesOf(dtype: string): number {
  return DTYPE_BYTES.find(([start]) => dtype.startsWith(start))?.[1] ?? 1;
}

/** `Q4_K_M` takes a little more than four bits per weight, scales included. */
function ggufBits(path: string): number {
  if (/F32/i.test(path)) return 32;
  if (/F16/i.test(path)) return 16;
  const digit = path.match(/(?:I?Q|TQ|MXFP)(\d)/i)?.[1];
  return digit === undefined ? 16 : Number(digit) + (/K_(M|L|XL)/i.test(path) ? 0.85 : 0.5);
}

function shards(path: string): number {
  return Number(path.match(/-of-0*(\d+)\./)?.[1] ?? 1);
}

/** `gpt-oss-20b-GGUF` says how many parameters it has where the row does not. */
function countInName(id: string): number | undefined {
  const billions = id.match(/(?:^|[-_/])(\d+(?:\.\d+)?)b(?![a-z])/i)?.[1];
  return billions === undefined ? undefined : Number(billions) * 1e9;
}

/** Undefined where nothing is known to estimate from. */
export function estimatedSize(model: SampleModel, path: string): number | undefined {
  if (path.endsWith('.gguf')) {
    const count = model.gguf?.total ?? countInName(model.id);
    return count && Math.ceil((count * ggufBits(path)) / 8 / shards(path));
  }
  if (!path.endsWith('.safetensors') || !model.safetensors || path.includes('/')) return undefined;
  const counts = Object.entries(model.safetensors);
  const bytes = counts.reduce((sum, [dtype, count]) => sum + count * bytesOf(dtype), 0);
  return Math.ceil(bytes / shards(path));
}
