// Who asks, and whether this repository and this file are theirs to read.

import type { HubContext } from './context.ts';
import {
  ANONYMOUS,
  BAD_TOKEN,
  DISABLED,
  gatedRefusal,
  REPO_NOT_FOUND,
  type Refusal,
  refuse,
  revisionNotFound,
} from './errors.ts';
import { commitOf } from './store.ts';
import { withId } from './target.ts';
import type { Repo, Target, TokenInfo } from './types.ts';

export type Caller = TokenInfo | undefined;

/** The caller, nobody, or a refusal when the token is unknown. */
export function callerOf(context: HubContext, authorization: string | null): Caller | Refusal {
  if (!authorization) return undefined;
  const token = authorization.replace(/^Bearer\s+/i, '');
  return Object.hasOwn(context.tokens, token) ? context.tokens[token] : BAD_TOKEN;
}

export function isRefusal(value: object | undefined): value is Refusal {
  return value !== undefined && 'status' in value;
}

export function mayRead(repo: Repo, caller: Caller): boolean {
  if (!caller?.grants) return false;
  return caller.grants === '*' || caller.grants.includes(repo.id);
}

/** Section 5: 401 to strangers and 404 to known users, so that nobody learns what is private. */
function missing(target: Target, caller: Caller): Response {
  return refuse(target, caller ? REPO_NOT_FOUND : ANONYMOUS);
}

/** A relative 307, for every method: the client repeats a POST with its body. */
function redirectTo(location: string): Response {
  return new Response(`Temporary Redirect. Redirecting to ${location}`, {
    status: 307,
    headers: { Location: location, 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

export interface Found {
  repo: Repo;
  commit: string;
}

/** The repository and its commit, or the answer that says why not. */
export function locate(
  context: HubContext,
  target: Target,
  caller: Caller,
  pathAndQuery: string,
): Found | Response {
  const id = target.id ?? '';
  const current = context.store.currentIdOf(id);
  const repo = context.store.find(current ?? id);
  if (!repo || (repo.private && !mayRead(repo, caller))) return missing(target, caller);
  if (current) return redirectTo(withId(pathAndQuery, target, current));
  if (repo.disabled) return refuse(target, DISABLED);
  if (caller?.refused) return refuse(target, { status: 403, message: caller.refused });
  const commit = commitOf(repo, target.rev ?? 'main');
  return commit ? { repo, commit } : refuse(target, revisionNotFound(target.rev ?? ''));
}

/** Metadata of gated repositories is public; only the bytes of files are not. */
export function gate(
  target: Target,
  { repo, commit }: Found,
  caller: Caller,
): Response | undefined {
  if (!repo.gated || mayRead(repo, caller)) return undefined;
  return refuse(target, gatedRefusal(repo.id, commit, caller === undefined));
}
