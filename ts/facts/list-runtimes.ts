import { callCore } from '../core/call-core.ts';
import type { KnownRuntime } from '../generated/core.d.ts';

/** The runtimes that the knowledge base has, each with the releases that were read and the lists that are known. */
export function listRuntimes(): KnownRuntime[] {
  return callCore((core) => core.list_runtimes().runtimes);
}
