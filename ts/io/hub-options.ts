import type { Clock } from './clock.ts';
import type { HubCache } from './hub-cache.ts';

/** What goes over the wire, told as it happens. */
export interface HubTraffic {
  /** 1 for a request sent, else 0. */
  requests: number;
  /** Bytes of a body received. */
  bytes: number;
  /** Milliseconds until the next request may be sent; 0 when nothing waits any more. */
  waiting: number;
}

/** How to reach the Hub. */
export interface HubOptions {
  /** Another Hub; `https://huggingface.co` where left out. */
  hubUrl?: string;
  /** `hf_…`: sees private models and raises the rate limit. Sent to `hubUrl` only. */
  accessToken?: string;
  /** A `fetch` of your own: a cache, a proxy, a test. */
  fetch?: typeof fetch;
  /** More for each `fetch`, as a framework may want it: `{ next: { revalidate: 3600 } }`. */
  requestInit?: Omit<RequestInit, 'method' | 'body' | 'headers' | 'signal' | 'redirect'> & object;
  /** Aborts, also while waiting for a turn. */
  signal?: AbortSignal;
  /** Milliseconds for one request with its body; 30,000 where left out. */
  timeout?: number;
  /** How often a request that failed is sent again: after 408, 500, 502, 503, 504, and where no whole answer came; 4 where left out. */
  retries?: number;
  /**
   * Milliseconds for one request with all its repetitions; 360,000 where left out, a little more than a window of
   * the Hub's rate limits. A request that was refused for too many (429) is repeated until then.
   */
  deadline?: number;
  /** The share of the Hub's rate limit that is used, up to 1; 0.9 where left out. */
  budget?: number;
  /** Where answers are kept; nowhere where left out. */
  cache?: HubCache;
  /** Seconds during which a kept answer is not asked for again; 0 where left out. Files of a commit never change. */
  maxAge?: number;
  /** Answers come from the cache only; one that is not there is an error, `offline`. */
  offline?: boolean;
  /** Told of each request, answer and wait. */
  onTraffic?: (traffic: HubTraffic) => void;
  /** Another clock. */
  clock?: Clock;
}
