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
} as const;

const CALLER: ReadonlySet<string> = new Set(['invalid_argument', 'invalid_model', 'invalid_json']);

/** The exit code of a failure. */
export function exitCodeOf(error: unknown): number {
  return error instanceof HubfitError && !CALLER.has(error.code) ? EXIT.hub : EXIT.usage;
}
