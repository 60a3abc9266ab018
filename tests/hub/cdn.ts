// The second origin: signed addresses of LFS content, as on the storage host behind the Hub.

import { createHmac } from 'node:crypto';
import type { Hono } from 'hono';
import type { HubContext } from './context.ts';
import type { HubEnv } from './env.ts';
import { serveBytes } from './ranges.ts';
import type { RepoFile } from './types.ts';

const SECRET = 'local hub';
const DEFAULT_TTL = 3600;

function sign(hash: string, expires: string): string {
  return createHmac('sha256', SECRET).update(`${hash} ${expires}`).digest('base64url');
}

/** A signed address that expires after about an hour. */
export function cdnAddress(
  context: HubContext,
  file: RepoFile,
  disposition: string | undefined,
): string {
  const hash = file.xetHash();
  const lifetime = context.options.cdnTtl ?? DEFAULT_TTL;
  const expires = String(Math.floor(Date.now() / 1000) + lifetime);
  const query = new URLSearchParams({ Expires: expires, Signature: sign(hash, expires) });
  if (disposition) query.set('response-content-disposition', disposition);
  context.cdnFiles.set(hash, file);
  return `${context.options.publicCdnUrl ?? context.cdnUrl}/xet-bridge-us/${hash}?${query}`;
}

function isSigned(hash: string, query: URLSearchParams): boolean {
  const expires = query.get('Expires') ?? '';
  return query.get('Signature') === sign(hash, expires) && Number(expires) * 1000 > Date.now();
}

function preflight({ options }: HubContext): Response {
  if (options.cors?.cdnPreflight === 'refuse') return new Response('Forbidden', { status: 403 });
  return new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': '*',
      'Access-Control-Max-Age': '86400',
    },
  });
}

function serve(context: HubContext, request: Request): Response {
  const url = new URL(request.url);
  const hash = url.pathname.split('/').at(-1) ?? '';
  const file = context.cdnFiles.get(hash);
  if (!file || !isSigned(hash, url.searchParams))
    return new Response('Access denied', { status: 403 });
  // The ETag is the storage hash: a client that takes it for the sha256 fails its check.
  const headers = new Headers({ ETag: `"${hash}"`, 'Content-Type': 'application/octet-stream' });
  const disposition = url.searchParams.get('response-content-disposition');
  if (disposition) headers.set('Content-Disposition', disposition);
  if (request.headers.get('If-None-Match') === `"${hash}"`) {
    return new Response(null, { status: 304, headers });
  }
  return serveBytes(file.source, request.headers.get('Range'), headers);
}

/** `*` for every origin. A refused preflight carries none of it, so that the browser stops. */
function allowAll({ options }: HubContext, response: Response): Response {
  if (response.status === 403 && options.cors?.cdnPreflight === 'refuse') return response;
  response.headers.set('Access-Control-Allow-Origin', '*');
  response.headers.set('Access-Control-Expose-Headers', options.cors?.cdnExposeHeaders ?? '*');
  return response;
}

export function addCdnRoutes(app: Hono<HubEnv>, context: HubContext): void {
  app.options('*', () => allowAll(context, preflight(context)));
  app.get('*', ({ req }) => allowAll(context, serve(context, req.raw)));
}
