import { HubfitError } from './hubfit-error.ts';

/** JSON for the core; empty where there is nothing. `NaN` and the infinities stay visible as text. */
export function toJson(what: string, value: unknown): string {
  if (value === undefined) return '';
  try {
    return JSON.stringify(value, visible) ?? refuse(what, typeof value);
  } catch (error) {
    if (error instanceof HubfitError) throw error;
    // Circular objects and BigInt.
    const reason = error instanceof Error ? error.message : String(error);
    throw new HubfitError('invalid_argument', `${what}: expected plain data, found ${reason}`);
  }
}

function visible(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function refuse(what: string, found: string): never {
  throw new HubfitError('invalid_argument', `${what}: expected an object, found ${found}`);
}
