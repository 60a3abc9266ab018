import { callMemory } from '../core/call-memory.ts';
import type { LlamaCppEstimate, MemoryEstimate } from '../generated/memory.d.ts';
import type { EstimateOptions } from './estimate-options.ts';
import { decodeModel, type MemoryModel } from './memory-model.ts';
import { optionsJson } from './options-json.ts';

/** What a model takes in memory in a runtime, by part and by device, and the settings that held. */
export type EstimatedMemory = Omit<LlamaCppEstimate, 'memory'> & MemoryEstimate;

/**
 * What a model takes in memory, in bytes: weights, caches and states to the byte, the computation as a range with its
 * source. Settings that the runtime refuses or changes, and what is not known of the model, are findings.
 *
 * A model is decoded at its first use and remembered as it was then.
 *
 * @throws {HubfitError} `invalid_argument` for an unknown runtime, variant, device or option
 */
export function estimateMemory(model: MemoryModel, options: EstimateOptions = {}): EstimatedMemory {
  const handle = decodeModel(model, options.variant);
  const draft = options.draft?.model && decodeModel(options.draft.model);
  const json = optionsJson(options);
  const { memory, ...rest } = callMemory(() =>
    draft ? handle.estimate_with(json, draft) : handle.estimate(json),
  );
  return { ...rest, ...memory };
}
