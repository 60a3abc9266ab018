import { HubfitError } from '../core/hubfit-error.ts';

/** What the next model would meet too. */
const MEETS_ALL: ReadonlySet<string> = new Set([
  'aborted',
  'hub_unavailable',
  'internal',
  'invalid_argument',
  'network',
  'not_initialised',
  'offline',
  'rate_limited',
  'unauthorized',
]);

/** Whether an error says something of one model only: it is gone, gated, damaged. */
export function isOfOneModel(error: unknown): error is HubfitError {
  return error instanceof HubfitError && !MEETS_ALL.has(error.code);
}
