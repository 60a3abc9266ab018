// Reading ranges from every kind of place: the same bytes from each.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HubfitError } from '../../ts/core/hubfit-error.ts';
import { blobSource } from '../../ts/io/blob-source.ts';
import type { ByteSource } from '../../ts/io/byte-source.ts';
import { bytesSource } from '../../ts/io/bytes-source.ts';
import { httpSource } from '../../ts/io/http-source.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';

const FILE = Uint8Array.from({ length: 300_000 }, (_, at) => (at * 31) % 251);
const PATH = '/test/bytes/resolve/main/model.gguf';

let hub: LocalHub;
let plain: Server;
let plainUrl: string;
let sent = 0;

beforeAll(async () => {
  hub = await startHub({ extraRepos: [{ id: 'test/bytes', files: { 'model.gguf': FILE } }] });
  // A server without ranges that sends slowly, so that what is not wanted is seen not to be sent.
  plain = createServer((_, response) => {
    sent = 0;
    response.setHeader('content-length', FILE.length);
    const more = (): void => {
      if (sent >= FILE.length || response.destroyed) return void response.end();
      const part = FILE.subarray(sent, sent + 1000);
      sent += part.length;
      response.write(part, () => setTimeout(more, 1));
    };
    more();
  }).listen(0);
  plainUrl = `http://127.0.0.1:${(plain.address() as AddressInfo).port}/model.gguf`;
});
afterAll(async () => {
  plain.close();
  await hub.stop();
});

describe.each<[string, () => ByteSource]>([
  ['memory', () => bytesSource(FILE)],
  ['a blob', () => blobSource(new Blob([FILE]))],
  ['the Hub, over its second origin', () => httpSource(hub.url + PATH)],
  ['a server without ranges', () => httpSource(plainUrl)],
])('%s', (_, open) => {
  test.each([
    [0, 10],
    [5, 1005],
    [299_990, 300_010],
    [0, 300_000],
  ])('bytes %i to %i', async (start, end) => {
    const source = open();
    expect(await source.read(start, end)).toEqual(FILE.subarray(start, end));
    expect(source.size).toBe(FILE.length);
  });

  test('nothing beyond the end', async () => {
    expect(await open().read(400_000, 400_100)).toHaveLength(0);
  });
});

describe('over HTTP', () => {
  test('a range is asked for with no header beside it', async () => {
    let headers: HeadersInit | undefined;
    const send = async (_: unknown, init?: RequestInit): Promise<Response> => {
      headers = init?.headers;
      return new Response(FILE.slice(0, 4), {
        status: 206,
        headers: { 'content-range': 'bytes 0-3/300000' },
      });
    };
    await httpSource('https://example.test/x?secret=1', { fetch: send }).read(0, 4);
    expect(headers).toEqual({ range: 'bytes=0-3' });
  });

  test('a server without ranges is left as soon as the wanted bytes are there', async () => {
    await httpSource(plainUrl).read(0, 2000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(sent).toBeLessThan(FILE.length / 2);
  });

  test('and refused where it would have to send too much', async () => {
    const error = await httpSource(plainUrl)
      .read(100 << 20, 101 << 20)
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(HubfitError);
    expect(error.code).toBe('limit_exceeded');
  });

  test.each([
    [401, {}, 'unauthorized'],
    [403, { 'x-error-code': 'GatedRepo' }, 'gated_repo'],
    [404, {}, 'entry_not_found'],
    [429, {}, 'rate_limited'],
    [503, {}, 'hub_unavailable'],
  ])('%i is a typed error', async (status, headers, code) => {
    const send = async (): Promise<Response> => new Response('', { status, headers });
    const source = httpSource('https://example.test/x?secret=1', {
      fetch: send,
      retries: 0,
      deadline: 0,
    });
    const error = await source.read(0, 4).catch((reason) => reason);
    expect([error.code, error.status]).toEqual([code, status]);
    expect(error.message).not.toContain('secret');
  });

  test('a token goes to the Hub and not to its second origin', async () => {
    hub.requests.length = 0;
    await httpSource(hub.url + PATH, { accessToken: 'hf_localreader' }).read(0, 4);
    const seen = hub.requests.map(({ server, authorized }) => `${server} ${authorized}`);
    expect(seen).toEqual(['hub true', 'cdn false']);
  });

  test('aborting is told as such', async () => {
    const signal = AbortSignal.abort();
    await expect(httpSource(hub.url + PATH, { signal }).read(0, 4)).rejects.toThrow(/abort/i);
  });
});
