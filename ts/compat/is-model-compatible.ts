import { callCore } from '../core/call-core.ts';
import { toJson } from '../core/to-json.ts';
import type { ModelMetadata, WorkerProfile } from '../generated/core.d.ts';

/**
 * The yes or no of `checkModelWorkerCompatibility`.
 *
 * @throws {HubfitError} `invalid_argument`, naming the field
 */
export function isModelCompatible(
  metadata: Partial<ModelMetadata>,
  worker?: WorkerProfile,
): boolean {
  const [facts, limits] = [toJson('metadata', metadata), toJson('worker', worker)];
  return callCore((core) => core.is_model_compatible(facts, limits));
}
