import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { Answer } from '../generated/core.d.ts';
import type { HubOptions } from './hub-options.ts';

/** An answer of the Hub, good or bad: the core tells. */
export interface HubAnswer {
  /** The `Answer` as JSON, for the core. */
  answer: string;
  status: number;
  body: Uint8Array<ArrayBuffer>;
}

/** Sends one request. */
export async function requestHub(path: string, options: HubOptions): Promise<HubAnswer> {
  const { hubUrl = 'https://huggingface.co', accessToken = '' } = options;
  const base = callCore((core) =>
    core.hub_base(asText('hubUrl', hubUrl), asText('accessToken', accessToken)),
  );
  return send(base, path, options);
}

function asText(name: string, value: unknown): string {
  if (typeof value === 'string' || value instanceof URL) return String(value);
  throw new HubfitError('invalid_argument', `${name}: expected text, found ${typeof value}`);
}

async function send(base: string, path: string, options: HubOptions): Promise<HubAnswer> {
  const { accessToken, signal } = options;
  const url = base + path;
  const headers = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  try {
    signal?.throwIfAborted();
    const response = await (options.fetch ?? fetch)(url, { headers, ...(signal && { signal }) });
    const body = new Uint8Array(await response.arrayBuffer());
    const answer = readAnswer(url, response, Boolean(accessToken));
    return { answer: toJson('answer', answer), status: response.status, body };
  } catch (error) {
    throw failure(base, error, signal);
  }
}

function readAnswer(url: string, { status, headers }: Response, authenticated: boolean): Answer {
  return {
    status,
    url,
    authenticated,
    ...header('link', headers.get('link')),
    ...header('errorCode', headers.get('x-error-code')),
    ...header('errorMessage', headers.get('x-error-message')),
    ...header('retryAfter', headers.get('retry-after')),
    ...header('rateLimit', headers.get('ratelimit')),
  };
}

function header<K extends string>(key: K, value: string | null): { [P in K]?: string } {
  return (value === null ? {} : { [key]: value }) as { [P in K]?: string };
}

function failure(base: string, cause: unknown, signal: AbortSignal | undefined): HubfitError {
  if (signal?.aborted) return new HubfitError('aborted', 'the call was aborted', { cause });
  // Node hides the reason in `cause`.
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new HubfitError('network', `no answer from ${base}: ${reason}`, { cause });
}
