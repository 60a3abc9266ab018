import { HubfitError } from '../core/hubfit-error.ts';

/** What scripts can switch on. */
export const EXIT = {
  /** Done; for `check`: compatible. */
  ok: 0,
  /** `check`: not compatible. */
  incompatible: 1,
  /** `check`: something that matters is not known. */
  unknown: 2,
  /** The command was called wrongly. */
  usage: 3,
  /** The Hub could not be reached, or answered an error. */
  hub: 4,
  /** A fault of hubfit. */
  fault: 5,
} as const;

const CALLER: ReadonlySet<string> = new Set([
  'invalid_argument',
  'invalid_model',
  'invalid_json',
  'invalid_file',
  'limit_exceeded',
]);

const HUB: ReadonlySet<string> = new Set([
  'unauthorized',
  'forbidden',
  'gated_repo',
  'repo_not_found',
  'revision_not_found',
  'entry_not_found',
  'disabled',
  'bad_request',
  'rate_limited',
  'hub_unavailable',
  'network',
  'aborted',
  'invalid_response',
]);

/** The exit code of a failure; what is neither the caller's nor the Hub's is a fault of hubfit. */
export function exitCodeOf(error: unknown): number {
  const code = error instanceof HubfitError ? error.code : '';
  if (CALLER.has(code)) return EXIT.usage;
  return HUB.has(code) ? EXIT.hub : EXIT.fault;
}
