import { toJson } from '../core/to-json.ts';
import type { Answer } from '../generated/core.d.ts';
import { hubBase } from './hub-base.ts';
import type { HubOptions } from './hub-options.ts';
import { sendRequest } from './send-request.ts';

/** An answer of the Hub, good or bad: the core tells. */
export interface HubAnswer {
  /** The `Answer` as JSON, for the core. */
  answer: string;
  status: number;
  body: Uint8Array<ArrayBuffer>;
}

/** Sends one request. */
export async function requestHub(path: string, options: HubOptions): Promise<HubAnswer> {
  const base = hubBase(options);
  const url = base + path;
  return sendRequest({ url, base }, options, async (response) => {
    const body = new Uint8Array(await response.arrayBuffer());
    const answer = readAnswer(url, response, Boolean(options.accessToken));
    return { answer: toJson('answer', answer), status: response.status, body };
  });
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
