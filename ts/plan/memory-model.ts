import { callMemory } from '../core/call-memory.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import type { ModelMemory } from '../generated/memory.d.ts';
import type { FileFacts, Geometry, WeightLayout } from '../generated/readers.d.ts';
import type { Variant } from '../generated/repository.d.ts';
import type { InspectedFile } from '../inspect/inspect-model.ts';

/** A model whose memory is asked for: what `inspectModel` or `inspectFile` gave, or what is known of one. */
export interface MemoryModel {
  /** What memory is computed from. */
  geometry: Geometry | null;
  /** Where the bytes of its weights belong, of a model in one file. */
  weights?: WeightLayout | null;
  /** The files whose headers were read: those of one variant. */
  files?: readonly InspectedFile[];
  /** Its variants; those whose headers were not read are known by their size. */
  variants?: readonly Variant[];
  /** Bytes of all weights, where no header was read. */
  tensorBytes?: number;
}

/** Models by what they were decoded from; what nobody holds any more is freed by its finalizer. */
const decoded = new WeakMap<object, Map<string, ModelMemory>>();

/** A model, decoded at its first use. */
export function decodeModel(model: MemoryModel, variant?: string): ModelMemory {
  if (typeof model !== 'object' || model === null) {
    throw new HubfitError('invalid_argument', `model: expected an object, found ${String(model)}`);
  }
  const known = decoded.get(model) ?? new Map<string, ModelMemory>();
  decoded.set(model, known);
  const key = variant ?? '';
  const found = known.get(key) ?? decode(model, variant);
  known.set(key, found);
  return found;
}

function decode(model: MemoryModel, variant: string | undefined): ModelMemory {
  const json = JSON.stringify(describe(model, variant));
  return callMemory((core) => new core.ModelMemory(json));
}

/** What the core is told of a model: its geometry, and its weights by layout, by size, or by both. */
interface Described {
  geometry: Geometry | null;
  weights: WeightLayout[];
  bytes: number | null;
}

function describe(model: MemoryModel, label: string | undefined): Described {
  const { geometry = null, files = [] } = model;
  const weights = model.weights ? [model.weights] : layouts(files);
  const wanted = label === undefined ? readVariant(model) : chooseVariant(model, label);
  const isRead = !wanted || wanted === readVariant(model);
  if (isRead && isWhole(files) && weights.length > 0) return { geometry, weights, bytes: null };
  const bytes = wanted?.sizeBytes ?? (isRead ? tensorBytes(model) : undefined) ?? null;
  return { geometry, weights, bytes };
}

/** The variant whose headers were read. */
export function readVariant({ variants = [], files = [] }: MemoryModel): Variant | undefined {
  return variants.find((variant) => files.some(({ path }) => has(variant, path)));
}

/** The variant with this label, name or file. */
export function chooseVariant({ variants = [] }: MemoryModel, label: string): Variant {
  const wanted = label.toLowerCase();
  const called = ({ quantization, name, primaryFile }: Variant): boolean =>
    [quantization, name, primaryFile].some((text) => text?.toLowerCase() === wanted);
  const found = variants.find(called) ?? variants.find((variant) => has(variant, label));
  if (found) return found;
  const known = [...new Set(variants.map(({ quantization }) => quantization ?? 'unquantized'))];
  const message = `variant: expected one of ${known.join(', ') || 'none'}, found "${label}"`;
  throw new HubfitError('invalid_argument', message);
}

function has(variant: Variant, file: string): boolean {
  return variant.files.some(({ path }) => path === file);
}

function layouts(files: readonly FileFacts[]): WeightLayout[] {
  return files.flatMap(({ weights }) => weights ?? []);
}

/** Whether the headers of all shards were read. */
function isWhole(files: readonly FileFacts[]): boolean {
  return files.length >= (files[0]?.split?.count ?? 1) || files.length === 0;
}

function tensorBytes({ files = [], tensorBytes: own }: MemoryModel): number | undefined {
  const sum = files.reduce((total, file) => total + file.tensorBytes, 0);
  return sum > 0 && isWhole(files) ? sum : own;
}
