import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { WorkerProfile } from '../generated/core.d.ts';

/** What a model is checked against. */
export interface Target {
  /** A runtime with limits of its own; the reference worker where left out. */
  worker?: WorkerProfile;
}

/** The worker's JSON for the core; empty stands for the reference worker. */
export function workerJson(target: Target | undefined): string {
  if (target === undefined) return '';
  if (typeof target !== 'object' || target === null || Array.isArray(target)) {
    throw new HubfitError(
      'invalid_argument',
      `target: expected { worker }, found ${String(target)}`,
    );
  }
  // A worker in place of the target would change nothing in silence.
  const unknown = Object.keys(target).find((key) => key !== 'worker');
  if (unknown === undefined) return toJson('worker', target.worker);
  const message = `target: unknown key "${unknown}"; known is worker`;
  throw new HubfitError('invalid_argument', message);
}
