import { HubfitError } from './hubfit-error.ts';

/**
 * JSON for the core; empty where there is nothing. `NaN` and the infinities stay visible as text. What is no
 * plain data is an error.
 */
export function toJson(
  what: string,
  value: unknown,
  pick: (value: unknown) => unknown = (all) => all,
): string {
  if (value === undefined) return '';
  try {
    const json = JSON.stringify(pick(value), visible);
    if (json !== undefined) return json;
  } catch (error) {
    // Circular objects, BigInt, getters that throw.
    const reason = error instanceof Error ? error.message : String(error);
    throw new HubfitError('invalid_argument', `${what}: expected plain data, found ${reason}`);
  }
  throw new HubfitError('invalid_argument', `${what}: expected an object, found ${typeof value}`);
}

function visible(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
