/** An answer that is kept: a body with the headers that carry meaning. */
export interface CachedAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
  /** When it came, or was found to be still true: milliseconds since 1970. */
  at: number;
}

/**
 * Where answers are kept. A key is the address with the range asked for and, where a token was sent, a digest of
 * it: what one may see, another may not.
 *
 * A cache never makes a call fail: what it throws counts as nothing found, and as not kept.
 */
export interface HubCache {
  get(key: string): Promise<CachedAnswer | undefined>;
  set(key: string, answer: CachedAnswer): Promise<void>;
}
