// What surrounds every answer of both servers: the log, ids, limits, CORS and ordered trouble.

import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import { digest } from './bytes.ts';
import type { HubContext } from './context.ts';
import { addCors } from './cors.ts';
import type { HubEnv } from './env.ts';
import { faultAnswer, truncated } from './faults.ts';
import { targetOf } from './target.ts';
import type { LoggedRequest } from './types.ts';

type Middleware = MiddlewareHandler<HubEnv>;

function pathAndQuery(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

function logEntry(server: 'hub' | 'cdn', { req, get }: Context<HubEnv>): LoggedRequest {
  const origin = req.header('Origin');
  const range = req.header('Range');
  return {
    server,
    route: get('target').route,
    method: req.method,
    path: pathAndQuery(req.url),
    status: 0,
    ...(origin !== undefined && { origin }),
    ...(range !== undefined && { range }),
    authorized: req.header('Authorization') !== undefined,
  };
}

/** Names the target and writes the log, in the order in which requests arrive. */
export function logging(context: HubContext, server: 'hub' | 'cdn'): Middleware {
  return async (c, next) => {
    const target = targetOf(new URL(c.req.url).pathname);
    c.set('target', server === 'cdn' ? { route: 'cdn' } : target);
    const entry = logEntry(server, c);
    if (target.route !== 'control') context.requests.push(entry);
    await next();
    // A cut connection has had no status.
    entry.status = c.env.outgoing?.destroyed ? 0 : c.res.status;
    const length = c.req.method === 'HEAD' ? null : c.res.headers.get('Content-Length');
    if (length !== null) entry.length = Number(length);
  };
}

function requestId(): string {
  const time = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${time}-${randomBytes(12).toString('hex')};${randomBytes(16).toString('hex')}`;
}

function isKnown({ tokens }: HubContext, c: Context<HubEnv>): boolean {
  const token = c.req.header('Authorization')?.replace(/^Bearer\s+/i, '');
  return token !== undefined && Object.hasOwn(tokens, token);
}

/** Headers that the Hub puts on all of its answers. Those of an ordered fault win. */
export function commonHeaders(context: HubContext): Middleware {
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set('X-Request-Id', requestId());
    const limits = context.rateLimits.headers(c.get('target').route, isKnown(context, c));
    for (const [name, value] of Object.entries(limits)) {
      if (!headers.has(name)) headers.set(name, value);
    }
    if (headers.has(NO_CORS)) headers.delete(NO_CORS);
    else addCors(headers, c.req.header('Origin'), context.options.cors ?? {});
  };
}

/** Marks, inside the server only, an answer that must go out without CORS headers. */
const NO_CORS = 'X-Local-No-Cors';

/** Hono would carry the headers of the former answer over to the new one. */
function replace(c: Context<HubEnv>, response: Response): void {
  c.res = undefined;
  c.res = response;
}

/** The true head and a part of the body, then the socket closes in mid-sentence. */
function cutAfter(c: Context<HubEnv>, bytes: number): Response {
  const reader = c.res.body?.getReader();
  let sent = false;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!sent) {
        sent = true;
        const { value } = (await reader?.read()) ?? {};
        controller.enqueue((value ?? new Uint8Array(1)).slice(0, bytes));
        return;
      }
      // Time for the first piece to leave before the socket goes.
      await wait(30);
      await reader?.cancel();
      c.env.outgoing.destroy();
      controller.close();
    },
  });
  const headers = new Headers(c.res.headers);
  // Chunked, so that a client without a length notices the missing end too.
  if (!headers.has('Content-Length')) headers.set('Transfer-Encoding', 'chunked');
  return new Response(body, { status: c.res.status, headers });
}

function withoutRange(request: Request): Request {
  const headers = new Headers(request.headers);
  headers.delete('Range');
  return new Request(request.url, { method: request.method, headers });
}

/** Half of the body under the length of the whole. */
async function shortened(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('Content-Length', String(bytes.length));
  headers.set('Connection', 'close');
  const half = new Blob([bytes.slice(0, bytes.length >> 1)]).stream();
  return new Response(half, { status: response.status, headers });
}

export function faulty(context: HubContext): Middleware {
  return async (c, next) => {
    const target = c.get('target');
    const fault =
      target.route === 'control' ? undefined : context.faults.take(target, pathAndQuery(c.req.url));
    const delay = (context.options.latencyMs ?? 0) + (fault?.delayMs ?? 0);
    if (delay > 0) await wait(delay);
    if (fault?.cut === true) {
      c.env.outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    if (fault?.ranges === false) c.req.raw = withoutRange(c.req.raw);
    const answer = fault && faultAnswer(fault);
    if (answer) c.res = answer;
    else await next();
    for (const [name, value] of Object.entries(fault?.headers ?? {}))
      c.res.headers.set(name, value);
    if (fault?.truncate !== undefined) replace(c, await truncated(c.res, fault.truncate));
    if (fault?.short) replace(c, await shortened(c.res));
    if (typeof fault?.cut === 'number') replace(c, cutAfter(c, fault.cut));
    if (fault?.cors === false) c.res.headers.set(NO_CORS, '1');
    return undefined;
  };
}

/** Answers 304 to those who have the same already. */
export function etags({ options }: HubContext): Middleware {
  return async (c, next) => {
    await next();
    const isJson = c.res.headers.get('Content-Type')?.startsWith('application/json');
    if (!options.apiEtags || c.res.status !== 200 || !isJson) return;
    const body = await c.res.clone().text();
    const etag = `W/"${body.length.toString(16)}-${digest('sha1', body)}"`;
    c.res.headers.set('ETag', etag);
    if (c.req.header('If-None-Match') !== etag) return;
    replace(c, new Response(null, { status: 304, headers: c.res.headers }));
  };
}

export function rateLimited({ rateLimits }: HubContext): Middleware {
  return async (c, next) => {
    if (rateLimits.take(c.get('target').route)) return next();
    const address = c.env.incoming?.socket?.remoteAddress ?? '127.0.0.1';
    return rateLimits.refusal(address);
  };
}
