import type { Answer } from '../generated/core.d.ts';

/** Status and the headers that carry meaning: the core tells what they say. */
export function readAnswer(
  url: string,
  { status, headers }: Response,
  authenticated: boolean,
): Answer {
  return {
    status,
    url,
    authenticated,
    ...header('link', headers.get('link')),
    ...header('errorCode', headers.get('x-error-code')),
    ...header('errorMessage', headers.get('x-error-message')),
    ...header('retryAfter', headers.get('retry-after')),
    ...header('rateLimit', headers.get('ratelimit')),
    ...header('rateLimitPolicy', headers.get('ratelimit-policy')),
  };
}

function header<K extends string>(key: K, value: string | null): { [P in K]?: string } {
  return (value === null ? {} : { [key]: value }) as { [P in K]?: string };
}
