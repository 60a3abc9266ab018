// Which route a raw path asks for. Segments are split before they are decoded, because a revision such
// as `refs%2Fpr%2F1` is one segment.

import type { RouteName, Target } from './types.ts';

const MODEL_ROUTES: Record<string, RouteName> = {
  revision: 'model',
  tree: 'tree',
  treesize: 'treesize',
  'paths-info': 'paths-info',
  refs: 'refs',
};
const FILE_ROUTES: Record<string, RouteName> = { resolve: 'resolve', raw: 'raw' };
const FIXED: Record<string, RouteName> = {
  '/api/models': 'list',
  '/api/models/': 'list',
  '/api/whoami-v2': 'whoami',
  '/api/models-tags-by-type': 'tags',
};

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The JS client does not encode the slashes of `refs/pr/1` in a tree address. */
function revisionLength(segments: string[]): number {
  return segments[0] === 'refs' && (segments[1] === 'pr' || segments[1] === 'convert') ? 3 : 1;
}

function revisionAndPath(segments: string[]): Pick<Target, 'rev' | 'path'> {
  const length = revisionLength(segments);
  const rev = segments.slice(0, length).map(decode).join('/');
  const path = segments.slice(length).map(decode).join('/').replace(/\/$/, '');
  return { ...(rev && { rev }), ...(path && { path }) };
}

/** `gpt2` alone, or followed by a route; two segments may also be an owner and a repository. */
function isLegacy([, second, third]: string[], routes: Record<string, RouteName>): boolean {
  if (second === undefined) return true;
  return Object.hasOwn(routes, second) && (third !== undefined || second === 'refs');
}

/** The id is one segment (legacy) or two, followed by nothing or by one of `routes`. */
function inRepository(
  segments: string[],
  start: number,
  routes: Record<string, RouteName>,
  bare: RouteName,
): Target {
  const idLength = isLegacy(segments, routes) ? 1 : 2;
  const id = segments.slice(0, idLength).map(decode).join('/');
  const verb = segments[idLength];
  if (verb === undefined) return { route: bare, id, idStart: start, idLength };
  const route = Object.hasOwn(routes, verb) ? routes[verb] : undefined;
  if (!route) return { route: 'page' };
  return { route, id, idStart: start, idLength, ...revisionAndPath(segments.slice(idLength + 1)) };
}

/** `/api/resolve-cache/models/{ns}/{repo}/{sha}/{path}`: the id is never a legacy one here. */
function inCache(segments: string[]): Target {
  const sha = segments.findIndex((segment, at) => at > 0 && /^[0-9a-f]{40}$/.test(segment));
  if (sha < 0) return { route: 'page' };
  const id = segments.slice(0, sha).map(decode).join('/');
  return { route: 'resolve-cache', id, ...revisionAndPath(segments.slice(sha)) };
}

export function targetOf(pathname: string): Target {
  if (Object.hasOwn(FIXED, pathname)) return { route: FIXED[pathname] ?? 'page' };
  if (pathname.startsWith('/.local/')) return { route: 'control', path: pathname.slice(8) };
  const segments = pathname.split('/').slice(1);
  if (pathname.startsWith('/api/models/')) {
    return inRepository(segments.slice(2), 3, MODEL_ROUTES, 'model');
  }
  if (pathname.startsWith('/api/resolve-cache/models/')) return inCache(segments.slice(3));
  if (segments[0] === 'api') return { route: 'page' };
  return inRepository(segments, 1, FILE_ROUTES, 'page');
}

/** The same address with another id, as the Hub's relative redirects have it. */
export function withId(pathAndQuery: string, target: Target, id: string): string {
  const [pathname = '', ...query] = pathAndQuery.split('?');
  const segments = pathname.split('/');
  segments.splice(target.idStart ?? 1, target.idLength ?? 2, ...id.split('/'));
  return [segments.join('/'), ...query].join('?');
}
