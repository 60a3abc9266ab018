// Rate limits and CORS: sections 6 and 7 of the Hub's API contract.

import { describe, expect, test } from 'vitest';
import { TOKENS } from './hub.ts';
import { bearer, manual, useHub } from './testing.ts';

describe('rate limits', () => {
  const hub = useHub();

  test('every answer names its bucket', async () => {
    const read = async (path: string): Promise<(string | null)[]> => {
      const { headers } = await manual(hub().url + path);
      return [headers.get('RateLimit'), headers.get('RateLimit-Policy')];
    };
    expect(await read('/api/models')).toEqual([
      expect.stringMatching(/^"api";r=499;t=\d+$/),
      '"fixed window";"api";q=500;w=300',
    ]);
    expect(await read('/acme/chat-1b/resolve/main/config.json')).toEqual([
      expect.stringMatching(/^"resolvers";r=2999;t=\d+$/),
      '"fixed window";"resolvers";q=3000;w=300',
    ]);
    expect(await read('/acme/chat-1b')).toEqual([
      expect.stringMatching(/^"pages";r=99;t=\d+$/),
      '"fixed window";"pages";q=100;w=300',
    ]);
  });

  test('a known user has a larger quota', async () => {
    const { headers } = await fetch(`${hub().url}/api/models`, bearer(TOKENS.reader));
    expect(headers.get('RateLimit-Policy')).toBe('"fixed window";"api";q=1000;w=300');
  });

  test('a set quota is counted down to 429, then the window opens anew', async () => {
    hub().rateLimits.set('api', { r: 2, t: 1 });
    const ask = (): Promise<Response> => fetch(`${hub().url}/api/models?limit=1`);
    expect((await ask()).headers.get('RateLimit')).toBe('"api";r=1;t=1');
    expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('RateLimit')).toMatch(/^"api";r=0;t=[01]$/);
    expect(((await refused.json()) as { error: string }).error).toMatch(
      /^We had to rate limit your IP \(.*127\.0\.0\.1\)\./,
    );
    // The other buckets go on.
    expect((await manual(`${hub().url}/acme/chat-1b/resolve/main/config.json`)).status).toBe(307);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await ask()).status).toBe(200);
  });
});

describe('429 as a page', () => {
  const hub = useHub({ rateLimit: { resolvers: { r: 0, t: 60 }, answer: 'html', retryAfter: 7 } });

  test('by setting', async () => {
    const response = await fetch(`${hub().url}/acme/chat-1b/resolve/main/config.json`);
    expect(response.status).toBe(429);
    expect(response.headers.get('Content-Type')).toContain('text/html');
    expect(response.headers.get('Retry-After')).toBe('7');
    expect(response.headers.get('RateLimit')).toMatch(/^"resolvers";r=0;t=(59|60)$/);
  });
});

const EXPOSED =
  'X-Repo-Commit,X-Request-Id,X-Error-Code,X-Error-Message,X-Total-Count,ETag,Link,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag,X-Xet-Hash';
const ORIGIN = 'http://site.example';

describe('CORS on the Hub', () => {
  const hub = useHub();
  const paths = [
    '/api/models',
    '/api/models/acme/nothing',
    '/api/models/acme/chat-1b/tree/main',
    '/acme/chat-1b/resolve/main/config.json',
    '/acme/chat-1b/resolve/main/onnx/model.onnx',
  ];

  test.each(paths)('%s echoes the origin', async (path) => {
    const { headers } = await manual(hub().url + path, { headers: { Origin: ORIGIN } });
    expect(headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    expect(headers.get('Access-Control-Expose-Headers')).toBe(EXPOSED);
    expect(headers.get('Access-Control-Max-Age')).toBe('86400');
    expect(headers.get('Vary')).toContain('Origin');
  });

  test('without an origin it names its own', async () => {
    const { headers } = await fetch(`${hub().url}/api/models`);
    expect(headers.get('Access-Control-Allow-Origin')).toBe('https://huggingface.co');
  });

  test('a preflight is answered and not counted', async () => {
    hub().rateLimits.set('api', { r: 1, t: 60 });
    const response = await fetch(`${hub().url}/api/models`, {
      method: 'OPTIONS',
      headers: { Origin: ORIGIN, 'Access-Control-Request-Headers': 'authorization' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    expect(response.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain(
      'authorization',
    );
    expect(response.headers.get('RateLimit')).toMatch(/^"api";r=1;/);
  });
});

describe('CORS on the CDN', () => {
  const hub = useHub({ cors: { cdnPreflight: 'refuse', allowHeaders: 'X-Only' } });
  const location = async (): Promise<string> =>
    (await manual(`${hub().url}/acme/chat-1b/resolve/main/onnx/model.onnx`)).headers.get(
      'Location',
    ) ?? '';

  test('is * for everybody', async () => {
    const { headers } = await fetch(await location(), { headers: { Origin: ORIGIN } });
    expect(headers.get('Access-Control-Allow-Origin')).toBe('*');
  });

  test('preflights can be refused by setting', async () => {
    const response = await fetch(await location(), { method: 'OPTIONS' });
    expect(response.status).toBe(403);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
  });

  test('what a preflight on the Hub allows is a setting', async () => {
    const response = await fetch(`${hub().url}/api/models`, { method: 'OPTIONS' });
    expect(response.headers.get('Access-Control-Allow-Headers')).toBe('X-Only');
  });
});
