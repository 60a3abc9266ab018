import type { HubOptions } from './hub-options.ts';
import type { OutgoingRequest } from './send-request.ts';

/** Sends one GET and reads its answer, before its time is over. */
export async function sendOnce<T>(
  { url, base, headers }: OutgoingRequest,
  options: HubOptions,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const { accessToken, signal, timeout = 30_000, onTraffic, requestInit } = options;
  const late = AbortSignal.timeout(timeout);
  const init = {
    ...requestInit,
    headers: { ...headers, ...(accessToken && { authorization: `Bearer ${accessToken}` }) },
    signal: signal ? AbortSignal.any([signal, late]) : late,
  };
  onTraffic?.({ requests: 1, bytes: 0, waiting: 0 });
  // Browsers follow by themselves, and take the token away where another origin follows.
  const byHand = accessToken && typeof location !== 'object';
  const response = byHand ? await follow(url, base, init, options) : await send(url, init, options);
  return read(response);
}

function send(url: string, init: RequestInit, { fetch: own = fetch }: HubOptions) {
  return own(url, init);
}

/** As many hops as browsers follow, rounded down: the Hub needs two. */
const MOST_REDIRECTS = 10;

/** Follows redirects one by one, since not every `fetch` takes the token away where another host follows. */
async function follow(
  url: string,
  base: string,
  init: RequestInit & { headers: Record<string, string> },
  options: HubOptions,
): Promise<Response> {
  const origin = new URL(base).origin;
  let [place, { authorization, ...open }] = [url, init.headers as { authorization: string }];
  for (let hops = 0; ; hops += 1) {
    const known = new URL(place).origin === origin;
    const headers = known ? init.headers : open;
    const response = await send(place, { ...init, headers, redirect: 'manual' }, options);
    const next = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || next === null) return response;
    if (hops >= MOST_REDIRECTS) throw new Error(`more than ${MOST_REDIRECTS} redirects`);
    await response.body?.cancel();
    place = new URL(next, place).href;
  }
}
