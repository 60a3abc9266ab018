// Listing and single models against the local Hub, good answers and bad ones.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  getHuggingFaceModel,
  HubfitError,
  iterateHuggingFaceModels,
  type ListingProgress,
  listCompatibleModels,
  listHuggingFaceModels,
  searchCompatibleModels,
} from '../../ts/index.ts';
import { type Clock, systemClock } from '../../ts/io/clock.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';

let hub: LocalHub;
/** A clock of one's own has rate limits of its own. */
const at = (): { hubUrl: string; clock: Clock } => ({ hubUrl: hub.url, clock: { ...systemClock } });

/** Errors as they come. */
const ONCE = { retries: 0, deadline: 0 };

beforeAll(async () => {
  hub = await startHub({});
});
afterAll(() => hub.stop());
afterEach(() => {
  hub.faults.clear();
  hub.requests.length = 0;
});

async function failure(work: Promise<unknown>): Promise<HubfitError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(HubfitError);
  return error as HubfitError;
}

describe('listing', () => {
  test('follows pages up to the limit and asks for no more', async () => {
    const models = await listHuggingFaceModels({ ...at(), limit: 250, sort: 'popular' });
    expect(models).toHaveLength(250);
    expect(new Set(models.map(({ id }) => id)).size).toBe(250);
    expect(hub.requests).toHaveLength(1);
  });

  test('iterates page by page, and stops asking when nobody wants more', async () => {
    const ids: string[] = [];
    for await (const { id } of iterateHuggingFaceModels({ ...at(), limit: 1000 })) {
      ids.push(id);
      if (ids.length === 5) break;
    }
    expect(ids).toHaveLength(5);
    expect(hub.requests).toHaveLength(1);
  });

  test('narrows by search, author, task and tags', async () => {
    const models = await listHuggingFaceModels({
      ...at(),
      search: 'QWEN',
      task: 'text-generation',
    });
    expect(models.length).toBeGreaterThan(3);
    for (const model of models) {
      expect(model.id.toLowerCase()).toContain('qwen');
      expect(model.pipeline_tag).toBe('text-generation');
    }
    const gguf = await listHuggingFaceModels({ ...at(), library: 'gguf', filter: ['gguf'] });
    for (const { tags } of gguf) expect(tags).toContain('gguf');
  });

  test('tells how it goes', async () => {
    const seen: number[] = [];
    const onProgress = ({ done }: ListingProgress): void => void seen.push(done);
    await listHuggingFaceModels({ ...at(), limit: 30, onProgress });
    expect(seen).toEqual([30]);
  });

  test('one bad row never sinks a page', async () => {
    const rows = '[{"id":"a/b"},7,{"id":null},{"id":"c/d","cardData":{"x":NaN}},{"id":"e/f"}]';
    const skipped: string[] = [];
    const models = await listHuggingFaceModels({
      fetch: async () => new Response(rows),
      onSkip: ({ index, code }) => skipped.push(`${index} ${code}`),
    });
    expect(models.map(({ id }) => id)).toEqual(['a/b', 'e/f']);
    expect(skipped).toEqual(['1 invalid_model', '2 invalid_model', '3 invalid_json']);
  });

  test('compatible ones only, as many as wanted, over several pages', async () => {
    const models = await listCompatibleModels({ ...at(), limit: 130 });
    expect(models.length).toBeGreaterThan(100);
    expect(hub.requests.length).toBeGreaterThan(1);
    const few = await searchCompatibleModels('bert', at());
    expect(few.map(({ id }) => id)).not.toContain('google-bert/bert-base-uncased');
  });

  test('looks through no more rows than allowed', async () => {
    const target = { worker: { architectures: ['no such thing'] } };
    expect(await listCompatibleModels({ ...at(), target, maxScanned: 100 })).toEqual([]);
    expect(hub.requests).toHaveLength(1);
  });
});

describe('one model', () => {
  test('comes with file sizes', async () => {
    const model = await getHuggingFaceModel('TinyLlama/TinyLlama-1.1B-Chat-v1.0', at());
    expect(model.siblings?.every(({ size }) => Number.isInteger(size))).toBe(true);
  });

  test('follows a renamed id', async () => {
    const model = await getHuggingFaceModel('gpt2', at());
    expect(model.id).toBe('openai-community/gpt2');
  });

  test.each(['', 'a/b/c', '../x', 'a b/c', 'x/y?z'])(
    'refuses the id %j before asking',
    async (id) => {
      expect((await failure(getHuggingFaceModel(id, at()))).code).toBe('invalid_argument');
      expect(hub.requests).toHaveLength(0);
    },
  );
});

describe('bad answers', () => {
  const get = (options = {}): Promise<unknown> =>
    getHuggingFaceModel('openai-community/gpt2', { ...at(), ...ONCE, ...options });

  test('a missing model, with and without a token', async () => {
    const anonymous = await failure(getHuggingFaceModel('no/such-model', at()));
    expect([anonymous.code, anonymous.status]).toEqual(['repo_not_found', 401]);
    expect(anonymous.message).toContain('private model needs an access token');
    const known = await failure(
      getHuggingFaceModel('no/such-model', { ...at(), accessToken: 'hf_localreader' }),
    );
    expect([known.code, known.status]).toEqual(['repo_not_found', 404]);
  });

  test('a missing revision', async () => {
    expect((await failure(get({ revision: 'nope' }))).code).toBe('revision_not_found');
  });

  test('a wrong token is never repeated in the message', async () => {
    const error = await failure(get({ accessToken: 'hf_verysecret' }));
    expect(error.code).toBe('unauthorized');
    expect(`${error.message}${error.stack}`).not.toContain('verysecret');
    const broken = await failure(get({ accessToken: 'hf_verysecret\nx' }));
    expect(broken.code).toBe('invalid_argument');
    expect(`${broken.message}${broken.stack}`).not.toContain('verysecret');
  });

  const answers: [string, Response, string][] = [
    ['401', new Response('{"error":"Invalid credentials"}', { status: 401 }), 'repo_not_found'],
    ['403', new Response('{"error":["no"]}', { status: 403 }), 'forbidden'],
    ['403 gated', answer(403, { 'x-error-code': 'GatedRepo' }), 'gated_repo'],
    ['404 file', answer(404, { 'x-error-code': 'EntryNotFound' }), 'entry_not_found'],
    [
      '403 disabled',
      answer(403, { 'x-error-message': 'Access to this resource is disabled.' }),
      'disabled',
    ],
    ['400', new Response('{"error":"bad sort"}', { status: 400 }), 'bad_request'],
    ['429 JSON', new Response('{"error":"We had to rate limit"}', { status: 429 }), 'rate_limited'],
    ['429 HTML', new Response('<html>slow down</html>', { status: 429 }), 'rate_limited'],
    ['500', new Response('oops', { status: 500 }), 'hub_unavailable'],
    ['504', new Response(null, { status: 504 }), 'hub_unavailable'],
    ['HTML', new Response('<!doctype html><html></html>'), 'invalid_response'],
    ['truncated JSON', new Response('{"id":"openai-community/g'), 'invalid_response'],
    ['nothing', new Response(''), 'invalid_response'],
    ['a number', new Response('42'), 'invalid_response'],
  ];
  test.each(answers)('%s', async (_, response, code) => {
    const error = await failure(get({ fetch: async () => response }));
    expect(error.code).toBe(code);
    expect(error.status).toBe(response.status);
    expect(error.message.length).toBeLessThan(500);
  });

  test.each([
    '[{"id":"a/b"},{"id":"c/',
    '[{"id":"a/b"}',
    '[{"id":"a/b"}] more',
    '',
    'null',
    '{}',
    '<html></html>',
  ])('a listing that is damaged is never taken for whole: %j', async (body) => {
    const fetch = async (): Promise<Response> => new Response(body);
    for (const list of [listHuggingFaceModels, listCompatibleModels]) {
      const error = await failure(list({ ...ONCE, fetch }));
      expect([error.code, error.status]).toEqual(['invalid_response', 200]);
      expect(error.message).toMatch(/check that this is a Hub|is this a Hub/);
    }
  });

  test('a mark before the text is stepped over', async () => {
    const fetch = async (): Promise<Response> => new Response('\u{feff}[{"id":"a/b"}]');
    expect(await listHuggingFaceModels({ fetch })).toEqual([{ id: 'a/b' }]);
  });

  test.each(['[]', '[{"id":"a/b"}]'])('a Hub that never ends is left: %s', async (body) => {
    let asked = 0;
    const fetch = async (): Promise<Response> => {
      asked += 1;
      const link = `<https://h/api/models?cursor=${asked % 3}>; rel="next"`;
      return new Response(body, { headers: { link } });
    };
    await listHuggingFaceModels({ fetch, limit: 50 }).catch((error) => {
      expect(error.code).toBe('invalid_response');
    });
    expect(asked).toBeLessThan(6);
  });

  test('the reset time is read from either header', async () => {
    const told = async (headers: Record<string, string>): Promise<string> =>
      (await failure(get({ fetch: async () => answer(429, headers) }))).message;
    expect(await told({ 'retry-after': '30' })).toContain('try again in 30 s');
    expect(await told({ ratelimit: '"api";r=0;t=168' })).toContain('try again in 168 s');
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    expect(await told({ 'retry-after': date })).toContain(`try again after ${date}`);
  });

  test('when to come back is told', async () => {
    hub.faults.add('rate-limit-json', { route: 'model', times: 1 });
    const error = await failure(get());
    expect(error.code).toBe('rate_limited');
    expect(error.message).toMatch(/try again|5 minutes/);
  });

  test('nobody there', async () => {
    const error = await failure(get({ hubUrl: 'http://127.0.0.1:9' }));
    expect(error.code).toBe('network');
  });

  test.each(['ftp://x', 'http://', 'https:// x', 'https://u:verysecret@h', 'https://h?x=1', 5, {}])(
    'a wrong hub address: %j',
    async (hubUrl) => {
      const error = await failure(get({ hubUrl }));
      expect(error.code).toBe('invalid_argument');
      expect(error.message).not.toContain('verysecret');
    },
  );

  test.each([{ revision: 5 }, { revision: '' }, { revision: {} }, { revison: 'x' }])(
    'wrong options: %j',
    async (options) => {
      expect((await failure(get(options))).code).toBe('invalid_argument');
    },
  );

  test.each([undefined, null, 5, {}])('an id that is no text: %j', async (id) => {
    expect((await failure(getHuggingFaceModel(id as never, at()))).code).toBe('invalid_argument');
  });

  test('aborting has a code of its own, whatever the reason', async () => {
    const error = await failure(get({ signal: AbortSignal.abort('enough') }));
    expect([error.code, error.cause]).toEqual(['aborted', 'enough']);
  });

  test('a limit left undefined is the default, not the whole Hub', async () => {
    const limit = undefined as unknown as number;
    expect(await listHuggingFaceModels({ ...at(), limit })).toHaveLength(100);
  });

  test('a next page on another host is asked of the same host, with no token lost', async () => {
    const asked: string[] = [];
    const stranger = createServer((request, response) => {
      asked.push(String(request.headers.authorization));
      response.end('[]');
    }).listen(0);
    const { port } = stranger.address() as AddressInfo;
    const link = `<http://127.0.0.1:${port}/api/models?cursor=x>; rel="next"`;
    const urls: string[] = [];
    const fetch = async (url: string | URL | Request): Promise<Response> => {
      urls.push(String(url));
      return new Response('[{"id":"a/b"}]', urls.length === 1 ? { headers: { link } } : {});
    };
    await listHuggingFaceModels({ ...at(), fetch, accessToken: 'hf_x', limit: 5 });
    stranger.close();
    expect(asked).toEqual([]);
    expect(urls[1]).toBe(`${hub.url}/api/models?cursor=x`);
  });
});

function answer(status: number, headers: Record<string, string>): Response {
  return new Response('{}', { status, headers });
}
