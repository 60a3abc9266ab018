import type { HubCache } from './hub-cache.ts';

/** Keeps answers in the Cache API of browsers and Workers, which bound it themselves. */
export function webCache(name = 'hubfit'): HubCache {
  // It takes addresses only, and refuses partial answers: both are put into what it takes.
  const address = (key: string): string => `https://hubfit.invalid/?${encodeURIComponent(key)}`;
  return {
    async get(key) {
      const found = await (await caches.open(name)).match(address(key));
      const about = found?.headers.get(ABOUT);
      if (!found || !about) return undefined;
      return { ...JSON.parse(about), body: new Uint8Array(await found.arrayBuffer()) };
    },
    async set(key, { body, ...about }) {
      const headers = { [ABOUT]: JSON.stringify(about), ...KEEP };
      await (await caches.open(name)).put(address(key), new Response(body, { headers }));
    },
  };
}

const ABOUT = 'x-hubfit-answer';

/** Workers keep nothing that does not say how long; whether it is still true is ours to judge. */
const KEEP = { 'cache-control': 'public, max-age=31536000' };
