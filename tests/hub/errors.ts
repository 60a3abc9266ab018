// The Hub's refusals: status, headers and body of section 5 of the Hub's API contract. Clients read
// X-Error-Code and X-Error-Message, so both are exact.

import type { Target } from './types.ts';

export interface Refusal {
  status: number;
  message: string;
  /** Where the body's text is not the message. */
  body?: string;
  code?: string;
  headers?: Record<string, string>;
}

const PLAIN_ROUTES = new Set(['resolve', 'resolve-cache', 'raw', 'cdn']);

/** JSON on the API, plain text where files are served. */
export function refuse(target: Target, refusal: Refusal): Response {
  const plain = PLAIN_ROUTES.has(target.route);
  const text = refusal.body ?? refusal.message;
  const headers = new Headers(refusal.headers);
  headers.set(
    'Content-Type',
    plain ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
  );
  headers.set('X-Error-Message', refusal.message);
  if (refusal.code) headers.set('X-Error-Code', refusal.code);
  return new Response(plain ? text : JSON.stringify({ error: text }), {
    status: refusal.status,
    headers,
  });
}

export function badRequest(message: string): Response {
  return Response.json({ error: message }, { status: 400 });
}

/** A missing repository looks the same as a private one, and has no X-Error-Code. */
export const ANONYMOUS: Refusal = {
  status: 401,
  message: 'Invalid username or password.',
  headers: { 'WWW-Authenticate': 'Bearer realm="Authentication required", charset="UTF-8"' },
};

export const BAD_TOKEN: Refusal = {
  status: 401,
  message: 'Invalid credentials in Authorization header',
  headers: ANONYMOUS.headers ?? {},
};

export const REPO_NOT_FOUND: Refusal = {
  status: 404,
  message: 'Repository not found',
  code: 'RepoNotFound',
};

/** Clients compare this text: there is no code. */
export const DISABLED: Refusal = { status: 403, message: 'Access to this resource is disabled.' };

export function revisionNotFound(rev: string): Refusal {
  return { status: 404, message: `Invalid rev id: ${rev}`, code: 'RevisionNotFound' };
}

export function entryNotFound(commit: string): Refusal {
  return {
    status: 404,
    message: 'Entry not found',
    code: 'EntryNotFound',
    headers: { 'X-Repo-Commit': commit },
  };
}

export function gatedRefusal(id: string, commit: string, anonymous: boolean): Refusal {
  const text = `Access to model ${id} is restricted`;
  return {
    status: anonymous ? 401 : 403,
    message: anonymous
      ? `${text}. You must have access to it and be authenticated to access it. Please log in.`
      : `${text} and you are not in the authorized list. Visit the model's page to ask for access.`,
    code: 'GatedRepo',
    headers: { 'X-Repo-Commit': commit },
  };
}
