import { callCore } from '../core/call-core.ts';
import { toJson } from '../core/to-json.ts';
import type { CompatibilityResult, ModelMetadata, WorkerProfile } from '../generated/core.d.ts';

/**
 * Checks metadata against a worker, the reference worker where none is given. Of the metadata only the fields
 * that are known need be there.
 *
 * @throws {HubfitError} `invalid_argument`, naming the field
 */
export function checkModelWorkerCompatibility(
  metadata: Partial<ModelMetadata>,
  worker?: WorkerProfile,
): CompatibilityResult {
  const [facts, limits] = [toJson('metadata', metadata), toJson('worker', worker)];
  return callCore((core) => core.check_model_worker_compatibility(facts, limits));
}
