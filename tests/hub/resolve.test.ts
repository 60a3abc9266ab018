// Resolve, raw and the CDN against section 4.4 of the Hub's API contract.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { gitBlobSha1, realSource, toBytes } from './bytes.ts';
import { CHAT_TEMPLATE } from './chat-template.ts';
import { FIXTURE } from './fixture.ts';
import { TOKENS } from './hub.ts';
import { bearer, manual, useHub } from './testing.ts';

const CONFIG = '/acme/chat-1b/resolve/main/config.json';
const LARGE = '/acme/chat-1b/resolve/main/model-00001-of-00002.safetensors';
const SMALL_LFS = '/acme/chat-1b/resolve/main/onnx/model.onnx';

describe('small git files', () => {
  const hub = useHub();

  test.each(['GET', 'HEAD'])('%s is a relative 307 into the cache', async (method) => {
    const response = await manual(hub().url + CONFIG, { method });
    const commit = response.headers.get('X-Repo-Commit');
    expect(response.status).toBe(307);
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    const location = response.headers.get('Location') ?? '';
    expect(
      location.startsWith(`/api/resolve-cache/models/acme/chat-1b/${commit}/config.json?`),
    ).toBe(true);
    const etag = response.headers.get('X-Linked-ETag') ?? '';
    expect(new URL(location, hub().url).searchParams.get('etag')).toBe(etag);
    expect(response.headers.get('Accept-Ranges')).toBe('bytes');
    expect(response.headers.get('Content-Disposition')).toContain('filename="config.json"');
    expect(response.headers.get('Vary')).toBe('Origin, Accept');
  });

  test('then 200 with the git hash as ETag, and the full config', async () => {
    const response = await fetch(hub().url + CONFIG);
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(response.status).toBe(200);
    expect(response.headers.get('ETag')).toBe(`"${gitBlobSha1(realSource(bytes))}"`);
    expect(response.headers.get('Content-Length')).toBe('843');
    expect(response.headers.get('Content-Type')).toContain('text/plain');
    expect(response.headers.get('X-Repo-Commit')).toMatch(/^[0-9a-f]{40}$/);
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(FIXTURE[0]?.config);
  });

  test('If-None-Match gives 304', async () => {
    const etag = (await fetch(hub().url + CONFIG)).headers.get('ETag') ?? '';
    const response = await fetch(hub().url + CONFIG, { headers: { 'If-None-Match': etag } });
    expect(response.status).toBe(304);
    expect(response.headers.get('ETag')).toBe(etag);
  });

  test('ranges work', async () => {
    const response = await fetch(hub().url + CONFIG, { headers: { Range: 'bytes=0-0' } });
    expect(response.status).toBe(206);
    expect(response.headers.get('Content-Range')).toBe('bytes 0-0/843');
    expect(await response.text()).toBe('{');
  });

  test('download and noContentDisposition', async () => {
    const { url } = hub();
    const named = async (query: string): Promise<string | null> =>
      (await manual(`${url}${CONFIG}?${query}`)).headers.get('Content-Disposition');
    expect(await named('download=true')).toMatch(/^attachment;/);
    expect(await named('noContentDisposition=1')).toBeNull();
  });
});

describe('LFS files', () => {
  const hub = useHub();

  test.each(['GET', 'HEAD'])('%s is an absolute 302 to the second origin', async (method) => {
    const response = await manual(hub().url + LARGE, { method });
    expect(response.status).toBe(302);
    const location = response.headers.get('Location') ?? '';
    expect(new URL(location).origin).toBe(hub().cdnUrl);
    expect(new URL(location).origin).not.toBe(hub().url);
    expect(response.headers.get('X-Linked-Size')).toBe('1900000000');
    expect(response.headers.get('X-Linked-ETag')).toMatch(/^"[0-9a-f]{64}"$/);
    expect(response.headers.get('X-Repo-Commit')).toMatch(/^[0-9a-f]{40}$/);
    expect(response.headers.get('Accept-Ranges')).toBe('bytes');
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(Number(response.headers.get('Content-Length'))).toBeLessThan(1000);
    expect(response.headers.get('X-Xet-Hash')).toBeNull();
    expect(response.headers.get('Link')).toBeNull();
  });

  test('the redirect headers are gone after following it, and the ETag is not the sha256', async () => {
    const first = await manual(hub().url + LARGE);
    const last = await fetch(hub().url + LARGE, { headers: { Range: 'bytes=0-7' } });
    expect(last.status).toBe(206);
    expect(last.headers.get('X-Linked-Size')).toBeNull();
    expect(last.headers.get('X-Repo-Commit')).toBeNull();
    expect(last.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(last.headers.get('ETag')).toMatch(/^"[0-9a-f]{64}"$/);
    expect(last.headers.get('ETag')).not.toBe(first.headers.get('X-Linked-ETag'));
  });

  test('any range of a large file, the same bytes each time', async () => {
    const read = async (range: string): Promise<Uint8Array> => {
      const response = await fetch(hub().url + LARGE, { headers: { Range: range } });
      expect(response.status).toBe(206);
      return new Uint8Array(await response.arrayBuffer());
    };
    const wide = await read('bytes=1899990000-1899999999');
    expect(wide).toHaveLength(10_000);
    expect(await read('bytes=1899995000-1899995009')).toEqual(wide.slice(5000, 5010));
    expect(await read('bytes=1899999990-')).toEqual(wide.slice(-10));
    expect(await read('bytes=-10')).toEqual(wide.slice(-10));
    expect(await read('bytes=1899999990-9999999999')).toEqual(wide.slice(-10));
  });

  test('a file of many gigabytes differs beyond 4 GiB', async () => {
    const url = `${hub().url}/acme/gated-27b/resolve/main/model.safetensors`;
    const read = async (start: number): Promise<string> => {
      const headers = {
        Authorization: `Bearer ${TOKENS.granted}`,
        Range: `bytes=${start}-${start + 15}`,
      };
      const response = await fetch(url, { headers });
      return Buffer.from(await response.arrayBuffer()).toString('hex');
    };
    expect(await read(50_000_000_000)).not.toBe(await read(50_000_000_000 - 4096 * 2 ** 20));
    expect(await read(0)).toBe(await read(0));
  });

  test('an impossible range is 416', async () => {
    const headers = { Range: 'bytes=1900000000-' };
    const response = await fetch(hub().url + LARGE, { headers });
    expect(response.status).toBe(416);
    expect(response.headers.get('Content-Range')).toBe('bytes */1900000000');
  });

  test('below 4 MB the announced sha256 is that of the bytes', async () => {
    const announced = (await manual(hub().url + SMALL_LFS)).headers.get('X-Linked-ETag');
    const bytes = new Uint8Array(await (await fetch(hub().url + SMALL_LFS)).arrayBuffer());
    expect(bytes).toHaveLength(812_345);
    expect(`"${createHash('sha256').update(bytes).digest('hex')}"`).toBe(announced);
  });

  test('the CDN wants its signature', async () => {
    const location = (await manual(hub().url + LARGE)).headers.get('Location') ?? '';
    const forged = location.replace(/Signature=[^&]+/, 'Signature=no');
    expect((await fetch(forged)).status).toBe(403);
    const head = await fetch(location, { method: 'HEAD' });
    expect(head.headers.get('Content-Length')).toBe('1900000000');
    expect(head.headers.get('Accept-Ranges')).toBe('bytes');
  });

  test('fetch drops the token on the way to the CDN', async () => {
    hub().requests.length = 0;
    const init = bearer(TOKENS.reader);
    await (await fetch(hub().url + SMALL_LFS, init)).body?.cancel();
    expect(hub().requests.map(({ server, authorized }) => [server, authorized])).toEqual([
      ['hub', true],
      ['cdn', false],
    ]);
  });
});

describe('raw', () => {
  const hub = useHub();

  test('gives the pointer of an LFS file', async () => {
    const announced = (await manual(hub().url + LARGE)).headers.get('X-Linked-ETag');
    const response = await fetch(hub().url + LARGE.replace('resolve', 'raw'));
    const text = await response.text();
    expect(text).toBe(
      `version https://git-lfs.github.com/spec/v1\noid sha256:${announced?.slice(1, -1)}\nsize 1900000000\n`,
    );
    expect(response.headers.get('ETag')).toBe(`"${gitBlobSha1(realSource(toBytes(text)))}"`);
  });

  test('gives a small file as it is', async () => {
    const response = await manual(hub().url + CONFIG.replace('resolve', 'raw'));
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(FIXTURE[0]?.config);
  });
});

describe('extra repositories', () => {
  const gguf = Uint8Array.from([0x47, 0x47, 0x55, 0x46, 3, 0, 0, 0]);
  const hub = useHub({
    extraRepos: [
      {
        id: 'acme/real',
        files: {
          'notes with space/ü.txt': 'hello',
          'tiny.gguf': gguf,
          'huge.gguf': { head: gguf, size: 9_000_000_000 },
          'chat_template.jinja': CHAT_TEMPLATE,
        },
        revisions: { 'refs/pr/1': 'c'.repeat(40) },
      },
    ],
  });
  const get = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${hub().url}/acme/real/resolve/${path}`, init);

  test('serve their own bytes', async () => {
    expect(await (await get('main/notes%20with%20space/%C3%BC.txt')).text()).toBe('hello');
    expect(new Uint8Array(await (await get('main/tiny.gguf')).arrayBuffer())).toEqual(gguf);
    expect(await (await get('main/chat_template.jinja')).text()).toBe(CHAT_TEMPLATE);
  });

  test('may have a real head before generated bytes', async () => {
    const response = await get('main/huge.gguf', { headers: { Range: 'bytes=0-15' } });
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect(bytes.slice(0, 8)).toEqual(gguf);
    expect(response.headers.get('Content-Range')).toBe('bytes 0-15/9000000000');
  });

  test('by pull request and by short commit', async () => {
    const pull = await manual(`${hub().url}/acme/real/resolve/refs%2Fpr%2F1/tiny.gguf`);
    expect(pull.headers.get('X-Repo-Commit')).toBe('c'.repeat(40));
    const short = await manual(`${hub().url}/acme/real/resolve/${'c'.repeat(7)}/tiny.gguf`);
    expect(short.headers.get('X-Repo-Commit')).toBe('c'.repeat(40));
  });
});

describe('settings', () => {
  const hub = useHub({ xet: true, gzipSmallFiles: true, cdnTtl: -1 });

  test('xet sends its hash, its links and the file-info answer', async () => {
    const response = await manual(hub().url + LARGE);
    expect(response.headers.get('X-Xet-Hash')).toMatch(/^[0-9a-f]{64}$/);
    expect(response.headers.get('Link')).toMatch(/rel="xet-auth".*rel="xet-reconstruction-info"/);
    const headers = { Accept: 'application/vnd.xet-fileinfo+json, */*' };
    const info = await manual(hub().url + LARGE, { headers });
    expect(info.status).toBe(200);
    expect(info.headers.get('Content-Type')).toBe('application/vnd.xet-fileinfo+json');
    expect(info.headers.get('X-Linked-Size')).toBe('1900000000');
    const tree = await fetch(`${hub().url}/api/models/acme/chat-1b/tree/main/onnx`);
    expect(((await tree.json()) as object[])[0]).toHaveProperty('xetHash');
  });

  test('gzip takes length and ranges away, but never from a range', async () => {
    const whole = await fetch(hub().url + CONFIG);
    expect(whole.headers.get('Content-Encoding')).toBe('gzip');
    expect(whole.headers.get('Content-Length')).toBeNull();
    expect(whole.headers.get('Accept-Ranges')).toBeNull();
    expect(await whole.json()).toEqual(FIXTURE[0]?.config);
    const part = await fetch(hub().url + CONFIG, { headers: { Range: 'bytes=0-0' } });
    expect(part.headers.get('Content-Encoding')).toBeNull();
    expect(part.headers.get('Content-Range')).toBe('bytes 0-0/843');
  });

  test('signed addresses expire', async () => {
    expect((await fetch(hub().url + SMALL_LFS)).status).toBe(403);
  });
});
