import { HubfitError } from '../core/hubfit-error.ts';
import type { HubOptions } from './hub-options.ts';

/** A request: where it goes, and the name of that place in messages. */
export interface OutgoingRequest {
  url: string;
  base: string;
  headers?: Record<string, string>;
}

/** Sends one GET and reads its answer. What keeps an answer from coming, or aborts it, is a `HubfitError`. */
export async function sendRequest<T>(
  { url, base, headers }: OutgoingRequest,
  { fetch: send = fetch, accessToken, signal }: Omit<HubOptions, 'hubUrl'>,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const authorization = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  try {
    signal?.throwIfAborted();
    const init = { headers: { ...headers, ...authorization }, ...(signal && { signal }) };
    return await read(await send(url, init));
  } catch (error) {
    throw error instanceof HubfitError ? error : failure(base, error, signal);
  }
}

function failure(base: string, cause: unknown, signal: AbortSignal | undefined): HubfitError {
  if (signal?.aborted) return new HubfitError('aborted', 'the call was aborted', { cause });
  // Node hides the reason in `cause`.
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new HubfitError('network', `no answer from ${base}: ${reason}`, { cause });
}
