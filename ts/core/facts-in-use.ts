import { callFacts } from './call-facts.ts';

let bytes: Uint8Array | undefined;

/** The knowledge base, packed: that of `loadFacts`, else the one that came with the package. */
export function factsInUse(): Uint8Array {
  bytes ??= callFacts((core) => core.embedded_facts());
  return bytes;
}

/** Puts another one in its place, for every module; throws, and keeps what was there, where it is damaged. */
export function replaceFacts(newer: Uint8Array): void {
  callFacts((core) => core.load_facts(newer));
  // Whoever gave the bytes may write over them.
  bytes = newer.slice();
}
