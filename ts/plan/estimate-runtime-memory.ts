import { callMemory } from '../core/call-memory.ts';
import { toJson } from '../core/to-json.ts';
import type { Hardware } from '../generated/core.d.ts';
import type { RuntimeMemory } from '../generated/memory.d.ts';
import { findHardware } from '../hardware/find-hardware.ts';
import { componentsOf } from './components.ts';
import { chooseVariant, decodeModel, type MemoryModel, readVariant } from './memory-model.ts';
import { variantSettings } from './variant-settings.ts';

/** What is asked of a runtime. */
export interface RuntimeMemoryOptions {
  /** Its id: `vllm`, `sglang`, `transformers`, `mlx-lm`, `web-llm`, …; see `listMemoryRuntimes`. */
  runtime: string;
  /** The variant by label, name or file; the one whose headers were read where left out. */
  variant?: string;
  /** The machine, or what `findHardware` knows. */
  hardware?: string | Hardware;
  /**
   * Settings by the runtime's own names, and what is to be done at once: `context` (tokens of each sequence),
   * `sequences`, `parameters` (elements of all weights).
   */
  settings?: Record<string, unknown>;
}

/**
 * What a model takes in memory in any runtime that is known, part by part, each as a range with its source; what the
 * runtime may use of a device, and what fits beside the weights. Components of a pipeline and files of ONNX sessions are
 * told apart where the variant's files and their sizes are known.
 *
 * @throws {HubfitError} `invalid_argument` for an unknown runtime, variant, device or setting
 */
export function estimateRuntimeMemory(
  model: MemoryModel,
  { runtime, variant, hardware, settings }: RuntimeMemoryOptions,
): RuntimeMemory {
  const handle = decodeModel(model, variant);
  const machine = typeof hardware === 'string' ? findHardware(hardware) : hardware;
  const taken = variant === undefined ? readVariant(model) : chooseVariant(model, variant);
  const components = taken ? componentsOf(taken) : [];
  const own = { ...variantSettings(runtime, taken?.quantization ?? null), ...settings };
  const [on, set] = [toJson('hardware', machine), toJson('settings', own)];
  const parts = components.length > 0 ? toJson('components', components) : '';
  return callMemory(() => handle.in_runtime(String(runtime), on, set, parts));
}
