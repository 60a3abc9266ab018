export type { CachedAnswer, HubCache } from './io/hub-cache.ts';
export { type CacheSize, memoryCache } from './io/memory-cache.ts';
export { webCache } from './io/web-cache.ts';
