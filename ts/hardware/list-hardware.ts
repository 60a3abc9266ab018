import { callCore } from '../core/call-core.ts';
import type { KnownDevice } from '../generated/core.d.ts';

/** The devices that `findHardware` knows, one for each memory size, each with its source. */
export function listHardware(): KnownDevice[] {
  return callCore((core) => core.list_hardware().devices);
}
