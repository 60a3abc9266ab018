import { callMemory } from '../core/call-memory.ts';
import { toJson } from '../core/to-json.ts';
import type { Hardware } from '../generated/core.d.ts';
import type { Plan } from '../generated/memory.d.ts';
import { findHardware } from '../hardware/find-hardware.ts';
import { componentsOf } from './components.ts';
import { decodeModel, readVariant } from './memory-model.ts';
import type { PlanModel } from './plan-model.ts';
import { variantSettings } from './variant-settings.ts';

/** A machine and a workload in a runtime beside llama.cpp's family. */
export interface RuntimePlanTarget {
  /** Its id: `vllm`, `mlx-lm`, `web-llm`, `diffusers`, …; see `listMemoryRuntimes`. */
  runtime: string;
  /** The machine, or what `findHardware` knows. */
  hardware?: string | Hardware;
  /** Settings by the runtime's own names, and `context` (tokens of each sequence), `sequences`. */
  settings?: Record<string, unknown>;
  /** Smaller models of the family, to name one of them where nothing fits: bytes of their weights. */
  others?: readonly { id: string; bytes: number }[];
}

/** Which variant of a model to take in a runtime, by the runtime's own rule of memory. */
export function planInRuntime(model: PlanModel, target: RuntimePlanTarget): Plan {
  const { runtime, hardware, settings, others } = target;
  const handle = decodeModel(model);
  const machine = typeof hardware === 'string' ? findHardware(hardware) : hardware;
  const subject = toJson('plan', {
    variants: candidates(model, target),
    parameters: model.metadata?.parameterCount ?? model.elementCount,
    ...(others && { others }),
  });
  const [on, set] = [toJson('hardware', machine), toJson('settings', settings)];
  return callMemory(() => handle.plan_in_runtime(runtime, subject, on, set));
}

/** Every whole variant, each once; the core knows which the runtime loads. */
function candidates(model: PlanModel, { runtime, settings }: RuntimePlanTarget): object[] {
  if (!model.variants) return alone(model, settings);
  const read = readVariant(model);
  const whole = model.variants.filter(({ copyOf, complete }) => copyOf === null && complete);
  return whole.map((variant) => {
    const { format, quantization, name, primaryFile, sizeBytes } = variant;
    const own = { ...variantSettings(runtime, quantization), ...settings };
    return {
      name: quantization ?? name ?? primaryFile ?? '',
      format,
      ...(primaryFile !== null && { file: primaryFile }),
      bytes: sizeBytes ?? 0,
      ...(variant === read && { read: true }),
      components: componentsOf(variant),
      settings: toJson('settings', own),
    };
  });
}

/** A model in one file, or one whose weights are all that is known. */
function alone(model: PlanModel, settings: RuntimePlanTarget['settings']): object[] {
  const { format = 'gguf', quantization, tensorBytes, weights } = model;
  if (!tensorBytes && !weights) return [];
  const name = quantization ?? 'the file';
  const text = toJson('settings', settings);
  return [
    { name, format, bytes: tensorBytes ?? 0, read: Boolean(weights), settings: text || '{}' },
  ];
}
