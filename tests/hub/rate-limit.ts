// Rate limits: section 6 of the Hub's API contract. Every answer names its bucket. Requests are only
// counted once a test sets a quota, so that a long test run does not starve.

import type { RouteName } from './types.ts';

export type BucketName = 'api' | 'resolvers' | 'pages';

export interface BucketSettings {
  /** Requests per window. */
  quota?: number;
  /** Length of the window in seconds. */
  window?: number;
  /** Requests left now. */
  r?: number;
  /** Seconds until the window ends. */
  t?: number;
}

export interface RateLimitSettings extends Partial<Record<BucketName, BucketSettings>> {
  /** Form of the 429 answer. */
  answer?: 'json' | 'html';
  /** Seconds in a Retry-After header of the 429 answer; none by default. */
  retryAfter?: number;
}

interface Bucket {
  quota: number;
  window: number;
  left: number;
  resetsAt: number;
  counting: boolean;
}

const ANONYMOUS_QUOTA: Record<BucketName, number> = { api: 500, resolvers: 3000, pages: 100 };
const USER_QUOTA: Record<BucketName, number> = { api: 1000, resolvers: 5000, pages: 200 };
const WINDOW = 300;

/** The second step of a resolve belongs to the first, which was counted already. */
const UNCOUNTED: RouteName[] = ['cdn', 'control', 'resolve-cache'];

export function bucketOf(route: RouteName): BucketName {
  if (route === 'resolve' || route === 'raw' || route === 'resolve-cache') return 'resolvers';
  return route === 'page' ? 'pages' : 'api';
}

export class RateLimits {
  answer: 'json' | 'html';
  retryAfter: number | undefined;
  readonly #buckets: Record<BucketName, Bucket>;

  readonly #now: () => number;

  constructor(settings: RateLimitSettings = {}, now: () => number = Date.now) {
    this.#now = now;
    this.answer = settings.answer ?? 'json';
    this.retryAfter = settings.retryAfter;
    const fresh = (name: BucketName): Bucket => ({
      quota: ANONYMOUS_QUOTA[name],
      window: WINDOW,
      left: ANONYMOUS_QUOTA[name] - 1,
      resetsAt: this.#now() + WINDOW * 1000,
      counting: false,
    });
    this.#buckets = { api: fresh('api'), resolvers: fresh('resolvers'), pages: fresh('pages') };
    for (const name of ['api', 'resolvers', 'pages'] as const) {
      if (settings[name]) this.set(name, settings[name]);
    }
  }

  /** Sets a bucket and starts counting in it. */
  set(name: BucketName, { quota, window, r, t }: BucketSettings): void {
    const bucket = this.#buckets[name];
    bucket.counting = true;
    bucket.quota = quota ?? bucket.quota;
    bucket.window = window ?? bucket.window;
    bucket.left = r ?? bucket.quota;
    bucket.resetsAt = this.#now() + (t ?? bucket.window) * 1000;
  }

  /** Takes one request off the bucket; false when none was left. */
  take(route: RouteName): boolean {
    const bucket = this.#buckets[bucketOf(route)];
    // The window is fixed: it starts anew for everybody at the same moment.
    if (this.#now() >= bucket.resetsAt) {
      bucket.left = bucket.quota;
      bucket.resetsAt = this.#now() + bucket.window * 1000;
    }
    if (!bucket.counting || UNCOUNTED.includes(route)) return true;
    if (bucket.left <= 0) return false;
    bucket.left -= 1;
    return true;
  }

  /** Until a test sets the bucket, these are the figures of the caller's plan after one request. */
  headers(route: RouteName, known: boolean): Record<string, string> {
    const name = bucketOf(route);
    const bucket = this.#buckets[name];
    const planned = known ? USER_QUOTA[name] : ANONYMOUS_QUOTA[name];
    const quota = bucket.counting ? bucket.quota : planned;
    const left = bucket.counting ? bucket.left : planned - 1;
    const seconds = Math.max(0, Math.ceil((bucket.resetsAt - this.#now()) / 1000));
    return {
      RateLimit: `"${name}";r=${left};t=${seconds}`,
      'RateLimit-Policy': `"fixed window";"${name}";q=${quota};w=${bucket.window}`,
    };
  }

  refusal(address: string): Response {
    return tooManyRequests(this.answer, address, this.retryAfter);
  }
}

export function tooManyRequests(
  answer: 'json' | 'html',
  address = '127.0.0.1',
  retryAfter?: number,
): Response {
  const message = `We had to rate limit your IP (${address}). To continue using our service, create a HF account or login to your existing account, and make sure you pass a HF_TOKEN if you're using the API.`;
  const html = `<!doctype html><html><head><title>429</title></head><body><h1>429</h1><p>${message}</p></body></html>`;
  const type = answer === 'json' ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8';
  return new Response(answer === 'json' ? JSON.stringify({ error: message }) : html, {
    status: 429,
    headers: {
      'Content-Type': type,
      ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
    },
  });
}
