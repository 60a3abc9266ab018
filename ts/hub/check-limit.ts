import { HubfitError } from '../core/hubfit-error.ts';

/** How many rows: a whole number of at least 1, or no limit. */
export function checkLimit(name: string, limit: number): number {
  if (limit === Number.POSITIVE_INFINITY || (Number.isInteger(limit) && limit > 0)) return limit;
  const message = `${name}: expected a whole number of at least 1, found ${limit}`;
  throw new HubfitError('invalid_argument', message);
}
