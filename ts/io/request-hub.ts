import { callCore } from '../core/call-core.ts';
import { HubfitError } from '../core/hubfit-error.ts';
import { toJson } from '../core/to-json.ts';
import type { Answer } from '../generated/core.d.ts';
import type { HubOptions } from './hub-options.ts';

/** A good answer of the Hub. */
export interface HubAnswer {
  answer: Answer;
  body: Uint8Array<ArrayBuffer>;
}

/** Sends one request; anything but a good answer is a `HubfitError`. */
export async function requestHub(path: string, options: HubOptions): Promise<HubAnswer> {
  const url = address(path, options.hubUrl);
  const { answer, body } = await send(url, options);
  callCore((core) => core.check_answer(toJson('answer', answer), body));
  return { answer, body };
}

function address(path: string, hubUrl = 'https://huggingface.co'): string {
  if (!/^https?:\/\//.test(hubUrl)) {
    throw new HubfitError('invalid_argument', `hubUrl: expected http(s)://…, found "${hubUrl}"`);
  }
  return hubUrl.replace(/\/+$/, '') + path;
}

async function send(url: string, options: HubOptions): Promise<HubAnswer> {
  const { accessToken, signal } = options;
  const headers = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  try {
    const response = await (options.fetch ?? fetch)(url, { headers, ...(signal && { signal }) });
    const body = new Uint8Array(await response.arrayBuffer());
    return { answer: readAnswer(url, response, accessToken !== undefined), body };
  } catch (error) {
    throw signal?.aborted ? error : unreachable(url, error);
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
  };
}

function header<K extends string>(key: K, value: string | null): { [P in K]?: string } {
  return (value === null ? {} : { [key]: value }) as { [P in K]?: string };
}

function unreachable(url: string, cause: unknown): HubfitError {
  const { origin } = new URL(url);
  // Node hides the reason in `cause`.
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const reason = inner instanceof Error ? inner.message : String(inner);
  return new HubfitError('network', `no answer from ${origin}: ${reason}`, { cause });
}
