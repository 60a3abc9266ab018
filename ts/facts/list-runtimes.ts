import { callFacts } from '../core/call-facts.ts';
import type { KnownRuntime } from '../generated/facts.d.ts';

/** The runtimes that the knowledge base has, each with the releases that were read and the lists that are known. */
export function listRuntimes(): KnownRuntime[] {
  return callFacts((core) => core.list_runtimes().runtimes);
}
