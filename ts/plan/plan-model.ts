import { callMemory } from '../core/call-memory.ts';
import { toJson } from '../core/to-json.ts';
import type { Plan } from '../generated/memory.d.ts';
import type { Variant } from '../generated/repository.d.ts';
import type { EstimateOptions, LlamaCppRuntime } from './estimate-options.ts';
import { decodeModel, type MemoryModel, readVariant } from './memory-model.ts';
import { optionsJson } from './options-json.ts';
import { planInRuntime, type RuntimePlanTarget } from './plan-in-runtime.ts';

/** The runtimes that are llama.cpp inside. */
const FAMILY: readonly string[] = [
  'llama.cpp',
  'ollama',
  'lm-studio',
  'wllama',
  'node-llama-cpp',
] satisfies LlamaCppRuntime[];

/** A model to plan for: what `inspectModel` gave. */
export interface PlanModel extends MemoryModel {
  /** Its metadata, for the number of parameters. */
  metadata?: { parameterCount: number | null };
  /** The format of a model in one file. */
  format?: string;
  /** The quantization of a model in one file. */
  quantization?: string | null;
  /** The parameters of a model in one file. */
  elementCount?: number;
}

/** A machine and a workload. */
export interface PlanTarget extends Omit<EstimateOptions, 'variant' | 'draft'> {
  /** Smaller models of the family, to name one of them where nothing fits: bytes of their weights. */
  others?: readonly { id: string; bytes: number }[];
}

/**
 * Which variant of a model to take on a machine: whether it fits, where it lies, how much context fits beside it, how
 * fast it is, and what the next larger and smaller ones cost. A context length that is left out is 8,192 tokens of one
 * sequence; the curve tells of all others. In runtimes beside llama.cpp's family `memory` tells part by part what the
 * runtime's own rule says.
 *
 * @throws {HubfitError} `invalid_argument` for an unknown runtime, device or option
 */
export function planModel(model: PlanModel, target: PlanTarget | RuntimePlanTarget = {}): Plan {
  return isOfFamily(target) ? planInFamily(model, target) : planInRuntime(model, target);
}

function isOfFamily(target: PlanTarget | RuntimePlanTarget): target is PlanTarget {
  return target.runtime === undefined || FAMILY.includes(target.runtime);
}

function planInFamily(model: PlanModel, target: PlanTarget): Plan {
  const handle = decodeModel(model);
  const { others, ...options } = target;
  const subject = toJson('plan', {
    variants: candidates(model),
    parameters: model.metadata?.parameterCount ?? model.elementCount,
    ...(others && { others }),
  });
  const json = optionsJson(options);
  return callMemory(() => handle.plan(subject, json));
}

/** A variant that can be taken. */
interface Candidate {
  name: string;
  file?: string;
  bytes: number;
  /** Whether its headers were read: its weights are known tensor by tensor. */
  read?: boolean;
}

/** What runtimes of llama.cpp's family load: whole GGUF variants, each once. */
function candidates(model: PlanModel): Candidate[] {
  const { variants } = model;
  if (!variants) return alone(model);
  const read = readVariant(model);
  return variants.filter(isLoadable).map((variant) => {
    const { quantization, name, primaryFile, sizeBytes } = variant;
    return {
      name: quantization ?? name ?? primaryFile ?? '',
      ...(primaryFile !== null && { file: primaryFile }),
      bytes: sizeBytes ?? 0,
      ...(variant === read && { read: true }),
    };
  });
}

function isLoadable({ format, copyOf, complete }: Variant): boolean {
  return format === 'gguf' && copyOf === null && complete;
}

/** A model in one file, or one whose weights are all that is known. */
function alone({ quantization, tensorBytes, weights }: PlanModel): Candidate[] {
  if (!tensorBytes && !weights) return [];
  const read = Boolean(weights);
  return [{ name: quantization ?? 'the file', bytes: tensorBytes ?? 0, read }];
}
