// From a request to the route that answers it.

import type { Context } from 'hono';
import { type Caller, callerOf, gate, isRefusal, locate } from './access.ts';
import type { HubContext } from './context.ts';
import { control } from './control.ts';
import { modelsTagsByType, refs, whoami } from './discovery.ts';
import type { HubEnv } from './env.ts';
import { badRequest, refuse } from './errors.ts';
import { BadQuery } from './filters.ts';
import { listModels } from './list.ts';
import { singleModel } from './model.ts';
import { pathsInfo } from './paths-info.ts';
import { type FileRequest, raw, resolve, resolveCache } from './resolve.ts';
import { tree, treeSize } from './tree.ts';
import type { Target } from './types.ts';

interface Ask {
  context: HubContext;
  target: Target;
  caller: Caller;
  request: Request;
  url: URL;
  /** What Link and Location headers start with. */
  origin: string;
}

/** The Hub's web pages are not here; an address that is none of the API's still has its status. */
function page({ context, target, url }: Ask): Response {
  if (url.pathname.startsWith('/api/')) {
    const error = "Sorry, we can't find the page you are looking for.";
    return Response.json({ error }, { status: 404 });
  }
  const known = url.pathname === '/' || context.store.find(target.id ?? '') !== undefined;
  const title = known ? url.pathname : '404';
  return new Response(`<!doctype html><title>${title}</title>`, {
    status: known ? 200 : 404,
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });
}

function fileRoute(ask: FileRequest, caller: Caller): Response {
  const refusal = gate(ask.target, ask.found, caller);
  if (refusal) return refusal;
  if (ask.target.route === 'raw') return raw(ask);
  return ask.target.route === 'resolve' ? resolve(ask) : resolveCache(ask);
}

async function repositoryRoute(ask: Ask): Promise<Response> {
  const { context, target, caller, request, url, origin } = ask;
  const found = locate(context, target, caller, url.pathname + url.search);
  if (found instanceof Response) return found;
  switch (target.route) {
    case 'model':
      return singleModel(context, found, url.searchParams);
    case 'tree':
      return tree(context, target, found, url, origin);
    case 'treesize':
      return treeSize(target, found);
    case 'paths-info':
      return pathsInfo(context, found, request);
    case 'refs':
      return refs(found, url.searchParams);
    default:
      return fileRoute({ context, target, found, request, url, origin }, caller);
  }
}

function route(ask: Ask): Response | Promise<Response> {
  switch (ask.target.route) {
    case 'list':
      return listModels(ask.context, ask.url, ask.origin, ask.caller);
    case 'whoami':
      return whoami(ask.target, ask.caller);
    case 'tags':
      return modelsTagsByType(ask.context, ask.url.searchParams);
    case 'page':
      return page(ask);
    default:
      return repositoryRoute(ask);
  }
}

/** paths-info is the only route here that is asked by POST. */
function isAllowed(method: string, { route: name }: Target): boolean {
  return name === 'paths-info' ? method === 'POST' : method === 'GET' || method === 'HEAD';
}

export async function dispatch(context: HubContext, c: Context<HubEnv>): Promise<Response> {
  const target = c.get('target');
  const request = c.req.raw;
  const url = new URL(request.url);
  if (target.route === 'control') {
    if (context.options.control) return control(context, target.path, request);
    return new Response('Not Found', { status: 404 });
  }
  const caller = callerOf(context, request.headers.get('Authorization'));
  if (isRefusal(caller)) return refuse(target, caller);
  if (!isAllowed(request.method, target)) return new Response('Not Found', { status: 404 });
  const origin = context.options.publicUrl ?? url.origin;
  try {
    return await route({ context, target, caller, request, url, origin });
  } catch (error) {
    if (error instanceof BadQuery) return badRequest(error.message);
    throw error;
  }
}
