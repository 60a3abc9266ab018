import { HubfitError } from '../core/hubfit-error.ts';

/** How a file of a static site is fetched. */
export interface FetchFileOptions {
  /** A `fetch` of your own. */
  fetch?: typeof fetch;
  signal?: AbortSignal;
}

/** The whole file at a URL, as its server has it. */
export async function fetchFile(
  url: string,
  { fetch: send = fetch, signal }: FetchFileOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await send(url, signal && { signal });
    if (!response.ok) throw refused(url, response.status);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (error instanceof HubfitError) throw error;
    if (signal?.aborted) throw signal.reason;
    throw new HubfitError('network', `${url}: no answer`, { cause: error });
  }
}

function refused(url: string, status: number): HubfitError {
  const code = status === 404 ? 'entry_not_found' : 'invalid_response';
  return new HubfitError(code, `${url}: expected the file, found HTTP ${status}`, { status });
}
