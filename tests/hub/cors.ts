// What a browser may do: section 7 of the Hub's API contract.

import type { CorsSettings } from './context.ts';

/** Exactly the Hub's list. RateLimit and Retry-After are not in it: a browser must back off blind. */
export const EXPOSED_HEADERS =
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash';

function addVary(headers: Headers, value: string): void {
  const names = (headers.get('Vary') ?? '').split(/\s*,\s*/).filter(Boolean);
  if (!names.includes(value)) headers.set('Vary', [value, ...names].join(', '));
}

export function addCors(
  headers: Headers,
  origin: string | undefined,
  settings: CorsSettings,
): void {
  const fallback = settings.defaultOrigin ?? 'https://huggingface.co';
  headers.set('Access-Control-Allow-Origin', origin ?? fallback);
  headers.set('Access-Control-Expose-Headers', EXPOSED_HEADERS);
  headers.set('Access-Control-Max-Age', '86400');
  addVary(headers, 'Origin');
}

/** Which headers and methods the Hub allows is [unconfirmed], so both are settings. */
export function preflight(settings: CorsSettings): Response {
  return new Response(null, {
    status: settings.preflightStatus ?? 204,
    headers: {
      'Access-Control-Allow-Methods': settings.allowMethods ?? 'GET,HEAD,POST,PUT,DELETE,PATCH',
      'Access-Control-Allow-Headers':
        settings.allowHeaders ?? 'Authorization,Content-Type,Range,If-None-Match,X-Requested-With',
    },
  });
}
