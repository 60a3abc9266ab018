import { replaceFacts } from '../core/facts-in-use.ts';

/**
 * Replaces the knowledge base by a newer one, the `facts.bin` of a later release, so that a site can refresh its facts
 * without upgrading the package. It holds until the page or process ends.
 *
 * @throws {HubfitError} `invalid_file` for what is damaged, cut off, of another format or no such file; the facts in
 * use stay
 */
export function loadFacts(bytes: Uint8Array | ArrayBuffer): void {
  replaceFacts(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
}
