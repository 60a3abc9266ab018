// The error table, section 5 of the Hub's API contract.

import { describe, expect, test } from 'vitest';
import { TOKENS } from './hub.ts';
import { bearer, useHub } from './testing.ts';

const SCOPE = 'Your token does not have the required scope.';

describe('errors', () => {
  const hub = useHub({
    tokens: {
      hf_scopeless: { name: 'scopeless', refused: SCOPE },
      hf_member: { name: 'member', grants: ['acme/gated-27b'] },
    },
  });
  const get = (path: string, token?: string): Promise<Response> =>
    fetch(hub().url + path, token ? bearer(token) : {});

  test('missing repository, anonymous, on the API', async () => {
    const response = await get('/api/models/acme/nothing');
    expect(response.status).toBe(401);
    expect(response.headers.get('X-Error-Message')).toBe('Invalid username or password.');
    expect(response.headers.get('X-Error-Code')).toBeNull();
    expect(response.headers.get('WWW-Authenticate')).toBe(
      'Bearer realm="Authentication required", charset="UTF-8"',
    );
    expect(await response.json()).toEqual({ error: 'Invalid username or password.' });
  });

  test('missing repository, anonymous, on resolve: plain text', async () => {
    const response = await get('/acme/nothing/resolve/main/config.json');
    expect(response.status).toBe(401);
    expect(response.headers.get('Content-Type')).toContain('text/plain');
    expect(await response.text()).toBe('Invalid username or password.');
  });

  test('missing repository with a token', async () => {
    const response = await get('/api/models/acme/nothing', TOKENS.reader);
    expect(response.status).toBe(404);
    expect(response.headers.get('X-Error-Code')).toBe('RepoNotFound');
    expect(await response.json()).toEqual({ error: 'Repository not found' });
  });

  test('bad token, even for a public repository', async () => {
    const response = await get('/api/models/acme/chat-1b', 'hf_wrong');
    expect(response.status).toBe(401);
    expect(response.headers.get('X-Error-Message')).toBe(
      'Invalid credentials in Authorization header',
    );
  });

  test('bad revision, on resolve', async () => {
    const response = await get('/acme/chat-1b/resolve/nope/config.json');
    expect(response.status).toBe(404);
    expect(response.headers.get('X-Error-Code')).toBe('RevisionNotFound');
    expect(response.headers.get('X-Error-Message')).toBe('Invalid rev id: nope');
  });

  test.each(['resolve', 'raw'])('missing file on %s has the commit', async (verb) => {
    const response = await get(`/acme/chat-1b/${verb}/main/nope.json`);
    expect(response.status).toBe(404);
    expect(response.headers.get('X-Error-Code')).toBe('EntryNotFound');
    expect(response.headers.get('X-Error-Message')).toBe('Entry not found');
    expect(response.headers.get('X-Repo-Commit')).toMatch(/^[0-9a-f]{40}$/);
    expect(await response.text()).toBe('Entry not found');
  });

  test.each(['config.json', 'model.safetensors'])('gated %s, anonymous', async (file) => {
    const response = await get(`/acme/gated-27b/resolve/main/${file}`);
    const message =
      'Access to model acme/gated-27b is restricted. You must have access to it and be authenticated to access it. Please log in.';
    expect(response.status).toBe(401);
    expect(response.headers.get('X-Error-Code')).toBe('GatedRepo');
    expect(response.headers.get('X-Error-Message')).toBe(message);
    expect(response.headers.get('X-Repo-Commit')).toMatch(/^[0-9a-f]{40}$/);
    expect(await response.text()).toBe(message);
  });

  test('gated, token without grant and token with it', async () => {
    const path = '/acme/gated-27b/resolve/main/config.json';
    const refused = await get(path, TOKENS.reader);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('X-Error-Code')).toBe('GatedRepo');
    expect((await get(path, 'hf_member')).status).toBe(200);
    expect((await get('/api/models/acme/gated-27b/tree/main')).status).toBe(200);
  });

  test('wrong scope', async () => {
    const response = await get('/api/models/acme/chat-1b', 'hf_scopeless');
    expect(response.status).toBe(403);
    expect(response.headers.get('X-Error-Message')).toBe(SCOPE);
    expect(response.headers.get('X-Error-Code')).toBeNull();
  });

  test('every answer has a request id', async () => {
    for (const path of ['/api/models', '/api/models/acme/nothing', '/nowhere/at/all/here']) {
      expect((await get(path)).headers.get('X-Request-Id')).toMatch(/^Root=1-/);
    }
  });

  test('addresses outside the API are pages', async () => {
    expect((await get('/nowhere/at/all/here')).status).toBe(404);
    expect((await get('/api/nowhere')).status).toBe(404);
    const page = await get('/acme/chat-1b');
    expect(page.status).toBe(200);
    expect(page.headers.get('Content-Type')).toContain('text/html');
  });
});

describe('discovery', () => {
  const hub = useHub();

  test('whoami is 401 for strangers', async () => {
    const url = `${hub().url}/api/whoami-v2`;
    expect((await fetch(url)).status).toBe(401);
    const known = await fetch(url, bearer(TOKENS.reader));
    expect(await known.json()).toMatchObject({ type: 'user', name: 'reader' });
  });

  test('tags by type', async () => {
    const url = `${hub().url}/api/models-tags-by-type`;
    const all = (await (await fetch(url)).json()) as Record<string, { id: string }[]>;
    const ids = (type: string): string[] => (all[type] ?? []).map(({ id }) => id);
    expect(ids('pipeline_tag')).toEqual(
      expect.arrayContaining(['text-generation', 'image-text-to-text', 'fill-mask']),
    );
    expect(ids('library')).toEqual(expect.arrayContaining(['transformers', 'gguf', 'safetensors']));
    expect(ids('license')).toContain('license:mit');
    expect(ids('language')).toEqual(['en', 'id']);
    expect(ids('region')).toEqual(['region:us']);
    expect(ids('arxiv')).toEqual(['arxiv:1810.04805']);
    const one = await (await fetch(`${url}?type=dataset`)).json();
    expect(one).toEqual({
      dataset: [{ id: 'dataset:wikipedia', label: 'wikipedia', type: 'dataset' }],
    });
    expect((await fetch(`${url}?type=nonsense`)).status).toBe(400);
  });
});
