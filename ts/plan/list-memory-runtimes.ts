import { callMemory } from '../core/call-memory.ts';

/** The ids of the runtimes that `estimateRuntimeMemory` knows. */
export function listMemoryRuntimes(): string[] {
  return callMemory((core) => core.memory_runtimes());
}
