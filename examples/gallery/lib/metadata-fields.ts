import type { Evidence, ModelMetadata } from 'hubfit';
import { bytes, exact } from './words';

/** One line of what is known of a model. */
export interface Field {
  label: string;
  /** Undefined where it is not known. */
  value: string | undefined;
  /** Undefined for fields that the listing states or not. */
  evidence?: Evidence;
}

/** Every field of the metadata, in words. A stand-in for a value that is not known never gets here. */
export function metadataFields(metadata: ModelMetadata): readonly Field[] {
  const { evidence } = metadata;
  const count = metadata.parameterCount;
  const active = metadata.activeParameterCount;
  return [
    field('Family', metadata.architecture, evidence.architecture),
    field('Exact type', metadata.modelType, evidence.architecture),
    { label: 'Class', value: metadata.architectureClass ?? undefined },
    field('Format taken first', metadata.format, evidence.format),
    field('Formats', joined(metadata.formats), evidence.format),
    field('Quantization taken first', metadata.quantization ?? 'none', evidence.quantization),
    field('Quantizations', joined(metadata.quantizations) ?? 'none', evidence.quantization),
    field('Parameters', count === null ? null : parameters(metadata, count), evidence.parameters),
    { label: 'Active parameters', value: active === null ? undefined : exact(active) },
    field('Size of all files', bytes(metadata.sizeBytes), evidence.sizeBytes),
    field('Context', `${exact(metadata.maxContextLength)} tokens`, evidence.maxContextLength),
    { label: 'Task', value: metadata.task ?? undefined },
    { label: 'Adapter of', value: metadata.adapterOf ?? undefined },
    { label: 'Gated', value: metadata.gated ?? undefined },
  ];
}

function field(label: string, value: string | null | undefined, evidence: Evidence): Field {
  const known = evidence.grade !== 'unknown' && value !== null && value !== 'unknown';
  return { label, value: known ? value : undefined, evidence };
}

function parameters(metadata: ModelMetadata, count: number): string {
  return `${metadata.parameters} (${exact(count)})`;
}

function joined(values: readonly string[]): string | undefined {
  return values.length > 0 ? values.join(', ') : undefined;
}
