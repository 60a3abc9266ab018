import { callCore } from '../core/call-core.ts';
import type { WorkerProfile } from '../generated/core.d.ts';

/** The worker that stands where no target is given: a start for profiles of your own. */
export function referenceWorker(): WorkerProfile {
  return callCore((core) => core.reference_worker());
}
