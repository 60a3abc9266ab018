// What is tried again and when, what is not, and who is told.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import {
  getHuggingFaceModel,
  HubfitError,
  type HubOptions,
  iterateHuggingFacePages,
  listHuggingFaceModels,
} from '../../ts/index.ts';
import { simulatedClock } from '../hub/simulated-clock.ts';

const GOOD = '{"id":"a/b"}';

/** Answers one after the other, the last for ever. */
function server(...answers: (() => Response | Promise<Response>)[]) {
  const inits: RequestInit[] = [];
  const urls: string[] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    urls.push(String(url));
    inits.push(init);
    const answer = answers[Math.min(urls.length, answers.length) - 1];
    return answer ? answer() : new Response(GOOD);
  };
  return { fetch: fetch as typeof globalThis.fetch, urls, inits };
}

const status =
  (code: number, headers: Record<string, string> = {}) =>
  () =>
    new Response(code === 204 ? null : '{}', { status: code, headers });
const good = (): Response => new Response(GOOD);
const cut = (): Response => new Response(GOOD.slice(0, 5));
const broken = (): Promise<Response> => Promise.reject(new TypeError('fetch failed'));

/** What a browser sees across origins. */
const hidden = (code: number) => () =>
  Object.defineProperty(new Response('{}', { status: code }), 'type', { value: 'cors' });

async function get(options: HubOptions): Promise<string> {
  try {
    return (await getHuggingFaceModel('a/b', options)).id;
  } catch (error) {
    expect(error).toBeInstanceOf(HubfitError);
    return (error as HubfitError).code;
  }
}

describe('what is tried again', () => {
  test.each([408, 429, 500, 502, 503, 504])('%i', async (code) => {
    const { fetch, urls } = server(status(code), good);
    expect(await get({ fetch, clock: simulatedClock() })).toBe('a/b');
    expect(urls).toHaveLength(2);
  });

  test.each([
    ['no answer', broken],
    ['an answer that is cut short', cut],
  ])('%s', async (_, failed) => {
    const { fetch, urls } = server(failed, failed, good);
    expect(await get({ fetch, clock: simulatedClock() })).toBe('a/b');
    expect(urls).toHaveLength(3);
  });

  test.each([400, 401, 403, 404, 409, 416, 451, 501, 505])('never %i', async (code) => {
    const { fetch, urls } = server(status(code), good);
    expect(await get({ fetch, clock: simulatedClock() })).not.toBe('a/b');
    expect(urls).toHaveLength(1);
  });

  test('as often as is asked for', async () => {
    const { fetch, urls } = server(broken);
    expect(await get({ fetch, clock: simulatedClock(), retries: 2 })).toBe('network');
    expect(urls).toHaveLength(3);
  });
});

describe('when', () => {
  test('the Hub says', async () => {
    const clock = simulatedClock();
    const { fetch } = server(status(429, { 'retry-after': '40' }), good);
    expect(await get({ fetch, clock })).toBe('a/b');
    expect(clock.slept).toBeGreaterThanOrEqual(40_000);
    expect(clock.slept).toBeLessThan(42_000);
  });

  test('later and later where a browser cannot read it, up to the deadline', async () => {
    const clock = simulatedClock();
    const { fetch, urls } = server(hidden(429));
    expect(await get({ fetch, clock, deadline: 120_000 })).toBe('rate_limited');
    expect(urls.length).toBeGreaterThan(4);
    expect(urls.length).toBeLessThan(10);
    expect(clock.slept).toBeLessThanOrEqual(120_000);
  });

  test('a wait beyond the deadline is told at once, with its end', async () => {
    const clock = simulatedClock();
    const { fetch, urls } = server(status(429, { ratelimit: '"api";r=0;t=200' }));
    const error = await getHuggingFaceModel('a/b', { fetch, clock, deadline: 60_000 }).catch(
      (e) => e,
    );
    expect([error.code, error.retryAfter, clock.slept]).toEqual(['rate_limited', 200, 0]);
    expect(error.resetAt.getTime() - Date.now()).toBeGreaterThan(190_000);
    // The next call is not even sent.
    const next = await getHuggingFaceModel('a/c', { fetch, clock, deadline: 60_000 }).catch(
      (e) => e,
    );
    expect([next.code, next.resetAt instanceof Date, urls.length]).toEqual([
      'rate_limited',
      true,
      1,
    ]);
  });

  test('a wait that is asked for is told', async () => {
    const clock = simulatedClock();
    const { fetch } = server(status(503, { 'retry-after': '9' }), () => new Response(`[${GOOD}]`));
    const waits: number[] = [];
    const onProgress = ({ waiting }: { waiting: number }): void => void waits.push(waiting);
    await listHuggingFaceModels({ fetch, clock, onProgress });
    expect(waits[0]).toBeGreaterThanOrEqual(9000);
    expect(waits.at(-1)).toBe(0);
  });

  test('a server that never answers is left after its time', async () => {
    const fetch = ((_: unknown, { signal }: RequestInit) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
      })) as unknown as typeof globalThis.fetch;
    const clock = simulatedClock();
    expect(await get({ fetch, clock, timeout: 20, retries: 1 })).toBe('network');
  });
});

describe('aborting', () => {
  test.each([
    ['while it waits to try again', { retries: 4 }, [status(503, { 'retry-after': '100' })]],
    ['while a request is on its way', {}, [() => new Promise<Response>(() => undefined)]],
  ])('%s', async (_, options, answers) => {
    const abort = new AbortController();
    const { fetch } = server(...(answers as (() => Response)[]));
    const sent = ((url: string, init: RequestInit) =>
      Promise.race([
        fetch(url, init),
        new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
        }),
      ])) as typeof globalThis.fetch;
    setTimeout(() => abort.abort(), 30);
    const start = performance.now();
    // The clock is the host's: it must be woken.
    expect(
      await get({ ...options, fetch: sent, signal: abort.signal, hubUrl: 'http://a.test' }),
    ).toBe('aborted');
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('what is sent', () => {
  test('nothing that a runtime may refuse, and what a framework asks for', async () => {
    const { fetch, inits } = server(good);
    await get({ fetch, clock: simulatedClock() });
    expect(Object.keys(inits[0] ?? {}).sort()).toEqual(['headers', 'signal']);
    const requestInit = { next: { revalidate: 60 } } as object;
    await get({ fetch, clock: simulatedClock(), requestInit });
    expect(inits[1]).toMatchObject(requestInit);
  });

  test('the token to the Hub, and to no other host that it leads to', async () => {
    const seen: string[] = [];
    const stranger = createServer((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      response.end(GOOD);
    }).listen(0);
    const { port } = stranger.address() as AddressInfo;
    const { fetch, inits } = server(
      status(307, { location: '/api/models/new/name' }),
      status(302, { location: `http://127.0.0.1:${port}/x` }),
      good,
    );
    expect(await get({ fetch, clock: simulatedClock(), accessToken: 'hf_x' })).toBe('a/b');
    const sent = inits.map(({ headers }) => (headers as Record<string, string>).authorization);
    expect(sent).toEqual(['Bearer hf_x', 'Bearer hf_x', undefined]);
    stranger.close();
    const loop = server(status(307, { location: '/again' }));
    const options = { fetch: loop.fetch, clock: simulatedClock(), accessToken: 'hf_x', retries: 0 };
    expect(await get(options)).toBe('network');
    expect(loop.urls).toHaveLength(11);
  });

  test.each([
    { retries: -1 },
    { deadline: Number.NaN },
    { timeout: 0 },
    { budget: 0 },
    { budget: 1.5 },
    { maxAge: -1 },
  ])('no wrong option: %j', async (option) => {
    const { fetch, urls } = server(good);
    expect(await get({ fetch, clock: simulatedClock(), ...option })).toBe('invalid_argument');
    expect(urls).toEqual([]);
  });
});

describe('pages', () => {
  test('a page that is too heavy is asked for in parts', async () => {
    const sizes: number[] = [];
    const fetch = (async (url: string) => {
      const query = new URL(url).searchParams;
      const limit = Number(query.get('limit'));
      sizes.push(limit);
      if (limit > 300) return new Response('<html>504</html>', { status: 504 });
      const after = Number(query.get('cursor') ?? 0);
      const rows = Array.from({ length: limit }, (_, n) => ({ id: `a/m${after + n}` }));
      query.set('cursor', String(after + limit));
      const link = `<https://h/api/models?${query}>; rel="next"`;
      return new Response(JSON.stringify(rows), { headers: { link } });
    }) as typeof globalThis.fetch;
    const clock = simulatedClock();
    const models = await listHuggingFaceModels({ fetch, clock, limit: 1000, retries: 1 });
    expect(new Set(models.map(({ id }) => id)).size).toBe(1000);
    expect(sizes).toEqual([1000, 1000, 250, 250, 250, 250]);
  });

  test.each(['', 'https://evil.test/api/models?x', '/api/whoami-v2', 5])(
    'a place that is none: %j',
    async (next) => {
      const { fetch, urls } = server(good);
      const pages = iterateHuggingFacePages({ fetch, next: next as string });
      const error = await pages.next().catch((reason) => reason);
      expect([error.code, urls.length]).toEqual(['invalid_argument', 0]);
    },
  );

  test('a row that comes again is given once', async () => {
    const link = '<https://h/api/models?cursor=2>; rel="next"';
    const page = (...ids: string[]): string => JSON.stringify(ids.map((id) => ({ id })));
    const { fetch } = server(
      () => new Response(page('a/a', 'a/b'), { headers: { link } }),
      () => new Response(page('a/b', 'a/c')),
    );
    const models = await listHuggingFaceModels({ fetch, clock: simulatedClock() });
    expect(models.map(({ id }) => id)).toEqual(['a/a', 'a/b', 'a/c']);
  });
});
