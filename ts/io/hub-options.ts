/** How to reach the Hub. */
export interface HubOptions {
  /** Another Hub; `https://huggingface.co` where left out. */
  hubUrl?: string;
  /** `hf_…`: sees private models and raises the rate limit. Sent to `hubUrl` only. */
  accessToken?: string;
  /** A `fetch` of your own: a cache, a proxy, a test. */
  fetch?: typeof fetch;
  /** Aborts. */
  signal?: AbortSignal;
}
