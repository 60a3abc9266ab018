// /{id}/resolve, /{id}/raw and /api/resolve-cache: section 4.4 of the Hub's API contract.

import { gzipSync } from 'node:zlib';
import type { Found } from './access.ts';
import { realSource } from './bytes.ts';
import { cdnAddress } from './cdn.ts';
import type { HubContext } from './context.ts';
import { entryNotFound, refuse } from './errors.ts';
import { serveBytes } from './ranges.ts';
import { fileOf } from './store.ts';
import type { RepoFile, Target } from './types.ts';

const XET_INFO = 'application/vnd.xet-fileinfo+json';

export interface FileRequest {
  context: HubContext;
  target: Target;
  found: Found;
  request: Request;
  url: URL;
  origin: string;
}

/** `?download=true` asks for a download, `?noContentDisposition=1` for no word about it. */
export function disposition(path: string, query: URLSearchParams): string | undefined {
  if (query.has('noContentDisposition')) return undefined;
  const name = path.split('/').at(-1) ?? path;
  const kind = query.get('download') === 'true' ? 'attachment' : 'inline';
  return `${kind}; filename*=UTF-8''${encodeURIComponent(name)}; filename="${name}";`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** On every answer of the route, so that a client learns the commit from any of them. */
function commonHeaders({ found, url }: FileRequest, path: string): Headers {
  const headers = new Headers({
    'X-Repo-Commit': found.commit,
    'Accept-Ranges': 'bytes',
    Vary: 'Origin, Accept',
  });
  const value = disposition(path, url.searchParams);
  if (value) headers.set('Content-Disposition', value);
  return headers;
}

/** Small git files: a relative redirect on the same host, which keeps the token. */
function toCache(ask: FileRequest, file: RepoFile): Response {
  const { found, url } = ask;
  const etag = `"${file.oid()}"`;
  const query = new URLSearchParams(url.searchParams);
  query.set(url.pathname, '');
  query.set('etag', etag);
  const where = `${found.repo.id}/${found.commit}/${encodePath(file.path)}`;
  const location = `/api/resolve-cache/models/${where}?${query}`;
  const headers = commonHeaders(ask, file.path);
  headers.set('X-Linked-ETag', etag);
  headers.set('Location', location);
  headers.set('Content-Type', 'text/plain; charset=utf-8');
  return new Response(`Temporary Redirect. Redirecting to ${location}`, { status: 307, headers });
}

function xetLinks({ found, origin }: FileRequest, hash: string): string {
  const token = `${origin}/api/models/${found.repo.id}/xet-read-token/${found.commit}`;
  const reconstruction = `${origin}/v1/reconstructions/${hash}`;
  return `<${token}>; rel="xet-auth", <${reconstruction}>; rel="xet-reconstruction-info"`;
}

function xetInfo(file: RepoFile, headers: Headers): Response {
  headers.set('Content-Type', XET_INFO);
  return new Response(JSON.stringify({ hash: file.xetHash(), size: file.size }), { headers });
}

/** LFS files: an absolute redirect to another origin. Content-Length is that of this answer's body. */
function toCdn(ask: FileRequest, file: RepoFile): Response {
  const headers = commonHeaders(ask, file.path);
  headers.set('X-Linked-Size', String(file.size));
  headers.set('X-Linked-ETag', `"${file.sha256()}"`);
  headers.set('Cache-Control', 'no-store');
  if (ask.context.options.xet) {
    headers.set('X-Xet-Hash', file.xetHash());
    headers.set('Link', xetLinks(ask, file.xetHash()));
    if (ask.request.headers.get('Accept')?.includes(XET_INFO)) return xetInfo(file, headers);
  }
  const location = cdnAddress(ask.context, file, disposition(file.path, ask.url.searchParams));
  const body = `Found. Redirecting to ${location}`;
  headers.set('Location', location);
  headers.set('Content-Type', 'text/plain; charset=utf-8');
  headers.set('Content-Length', String(Buffer.byteLength(body)));
  return new Response(body, { status: 302, headers });
}

export function resolve(ask: FileRequest): Response {
  const file = fileOf(ask.found.repo, ask.target.path ?? '');
  if (!file) return refuse(ask.target, entryNotFound(ask.found.commit));
  return file.lfs ? toCdn(ask, file) : toCache(ask, file);
}

function matches(request: Request, etag: string): boolean {
  const asked = request.headers.get('If-None-Match')?.split(/\s*,\s*/) ?? [];
  return asked.some((value) => value === '*' || value.replace(/^W\//, '') === etag);
}

/** What the CDN in front of the Hub does to small text: no length and no ranges are left. */
function compressed(file: RepoFile, headers: Headers): Response {
  headers.set('Content-Encoding', 'gzip');
  headers.set('ETag', `W/${headers.get('ETag')}`);
  headers.set('Transfer-Encoding', 'chunked');
  headers.delete('Accept-Ranges');
  const body = new Uint8Array(gzipSync(file.source.read(0, file.size)));
  return new Response(new Blob([body]).stream(), { headers });
}

function textHeaders(ask: FileRequest, path: string, oid: string): Headers {
  const headers = commonHeaders(ask, path);
  headers.set('ETag', `"${oid}"`);
  headers.set('Content-Type', 'text/plain; charset=utf-8');
  return headers;
}

/** The second step of a small file; 304 when the client has it already. */
export function resolveCache(ask: FileRequest): Response {
  const { request, target, found, context } = ask;
  const file = fileOf(found.repo, target.path ?? '');
  if (!file || file.lfs) return refuse(target, entryNotFound(found.commit));
  const headers = textHeaders(ask, file.path, file.oid());
  if (matches(request, `"${file.oid()}"`)) return new Response(null, { status: 304, headers });
  const range = request.headers.get('Range');
  const gzip = request.headers.get('Accept-Encoding')?.includes('gzip') ?? false;
  if (context.options.gzipSmallFiles && gzip && !range) return compressed(file, headers);
  return serveBytes(file.source, range, headers);
}

/** The blob as git has it: of an LFS file that is the pointer, with the pointer's size and ETag. */
export function raw(ask: FileRequest): Response {
  const { request, target, found } = ask;
  const file = fileOf(found.repo, target.path ?? '');
  if (!file) return refuse(target, entryNotFound(found.commit));
  const headers = textHeaders(ask, file.path, file.oid());
  if (matches(request, `"${file.oid()}"`)) return new Response(null, { status: 304, headers });
  const source = file.lfs ? realSource(file.pointer()) : file.source;
  return serveBytes(source, request.headers.get('Range'), headers);
}
