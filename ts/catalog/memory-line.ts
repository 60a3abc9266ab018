import type { Hardware } from '../generated/core.d.ts';
import { estimateMemory } from '../plan/estimate-memory.ts';
import type { MemoryModel } from '../plan/memory-model.ts';

/** What a model takes as a line over its context, in bytes: fixed + token × context on the device, host beside it. */
export interface MemoryLine {
  fixed: number;
  token: number;
  host: number;
}

/** A device that holds everything, so that nothing is placed elsewhere for want of room. */
const ROOMY: Hardware = {
  name: 'a device with room for everything',
  devices: [
    {
      name: 'a device with room for everything',
      vendor: 'any',
      backend: 'cuda',
      memoryBytes: 2 ** 50,
      unified: false,
      bandwidth: null,
      flops: null,
      arch: null,
    },
  ],
  ramBytes: 2 ** 50,
  ramBandwidth: null,
};

/** Above the windows of nearly all models, so that what is left to grow grows with each token. */
const [SHORT, LONG] = [4096, 32_768];

/** The line of a model whose geometry is known: through two estimates for llama.cpp, with one sequence and a cache of 16 bits. */
export function memoryLine(model: MemoryModel, variant?: string): MemoryLine {
  const [short, long] = [at(model, SHORT, variant), at(model, LONG, variant)];
  const token = Math.max(0, (long.device - short.device) / (LONG - SHORT));
  return { fixed: short.device - token * SHORT, token, host: long.host };
}

function at(
  model: MemoryModel,
  contextLength: number,
  variant: string | undefined,
): { device: number; host: number } {
  const { devices } = estimateMemory(model, {
    contextLength,
    parallel: 1,
    gpuLayers: 'all',
    hardware: ROOMY,
    ...(variant !== undefined && { variant }),
  });
  const device = devices.find(({ name }) => name !== 'CPU')?.total.expected ?? 0;
  return { device, host: devices.find(({ name }) => name === 'CPU')?.total.expected ?? 0 };
}
