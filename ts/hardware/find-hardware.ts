import { callCore } from '../core/call-core.ts';
import type { Hardware } from '../generated/core.d.ts';

/**
 * The hardware that a text names: `RTX 4090`, `2x3090 + 64 GB RAM`, `M3 Max 64GB`, `8 GB GPU`.
 *
 * @throws {HubfitError} `invalid_argument`, with the nearest names, for a device that is not in the table
 */
export function findHardware(name: string): Hardware {
  return callCore((core) => core.find_hardware(String(name)));
}
