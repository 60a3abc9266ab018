import type { CachedAnswer, HubCache } from './hub-cache.ts';

/** How much is kept. */
export interface CacheSize {
  /** Bytes of bodies at most; beyond, what was used longest ago goes first. */
  maxBytes?: number;
}

/** Keeps answers in memory, 64 MB where nothing else is said. */
export function memoryCache({ maxBytes = 64_000_000 }: CacheSize = {}): HubCache {
  const kept = new Map<string, CachedAnswer>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.body.length ?? 0;
    kept.delete(key);
  };
  const put = (key: string, answer: CachedAnswer): void => {
    drop(key);
    // A map gives its keys in the order they came: the first is the one used longest ago.
    kept.set(key, answer);
    bytes += answer.body.length;
  };
  return {
    async get(key) {
      const answer = kept.get(key);
      if (answer) put(key, answer);
      return answer;
    },
    async set(key, answer) {
      put(key, answer);
      for (const oldest of kept.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}
