// Trouble on order, the request log, and both over HTTP from another process.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaultName } from './hub.ts';
import { json, manual, useHub } from './testing.ts';

describe('faults', () => {
  const hub = useHub();
  const list = (): Promise<Response> => fetch(`${hub().url}/api/models?limit=1`);

  const statuses: [name: FaultName, status: number, type: string][] = [
    ['unauthorized', 401, 'json'],
    ['forbidden', 403, 'json'],
    ['not-found', 404, 'json'],
    ['rate-limit-json', 429, 'json'],
    ['rate-limit-html', 429, 'html'],
    ['server-error', 500, 'json'],
    ['gateway-timeout', 504, 'html'],
    ['html-200', 200, 'html'],
    ['empty-body', 200, 'json'],
  ];

  test.each(statuses)('%s once, then all is well', async (name, status, type) => {
    hub().faults.add(name, { route: 'list' });
    const response = await list();
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toContain(type);
    expect(response.headers.get('X-Request-Id')).toMatch(/^Root=/);
    expect((await list()).status).toBe(200);
    expect(hub().faults.pending).toBe(0);
  });

  test('a length that is not kept ends in an error', async () => {
    hub().faults.add('wrong-length', { route: 'list' });
    const response = await list();
    expect(Number(response.headers.get('Content-Length'))).toBeGreaterThan(2);
    await expect(response.arrayBuffer()).rejects.toThrow();
    expect(((await (await list()).json()) as object[]).length).toBe(1);
  });

  test('an address that expired, and a second origin without ranges', async () => {
    const range = { headers: { Range: 'bytes=0-9' } };
    const file = (): Promise<Response> =>
      fetch(`${hub().url}/acme/chat-1b/resolve/main/onnx/model.onnx`, range);
    hub().faults.add('expired');
    expect((await file()).status).toBe(403);
    hub().faults.add('no-ranges', { route: 'cdn' });
    const whole = await file();
    expect([whole.status, whole.headers.get('Content-Length')]).toEqual([200, '812345']);
    await whole.body?.cancel();
    expect((await file()).status).toBe(206);
  });

  test('every so many requests, each time in the next way that fits', async () => {
    hub().faults.every(3, ['expired', 'server-error', 'rate-limit-json']);
    const statuses: number[] = [];
    for (let n = 0; n < 9; n += 1) statuses.push((await list()).status);
    expect(statuses).toEqual([200, 200, 500, 200, 200, 429, 200, 200, 500]);
    hub().faults.clear();
    expect((await list()).status).toBe(200);
  });

  test('a push makes a new commit, and the former one stays', async () => {
    const model = `${hub().url}/api/models/acme/chat-1b`;
    const before = (await json(model)).sha;
    hub().push('acme/chat-1b');
    const after = (await json(model)).sha;
    expect(after).not.toBe(before);
    expect((await json(`${model}/revision/${before}`)).sha).toBe(before);
  });

  test('truncated JSON does not parse', async () => {
    hub().faults.add('truncated-json');
    const response = await list();
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  test('a cut connection fails the request, and has no status in the log', async () => {
    hub().faults.add('connection-cut', { route: 'list' });
    await expect(list()).rejects.toThrow();
    expect(hub().requests.at(-1)?.status).toBe(0);
  });

  test('a cut body fails while reading', async () => {
    hub().faults.add('body-cut', { route: 'cdn' });
    const response = await fetch(`${hub().url}/acme/chat-1b/resolve/main/onnx/model.onnx`);
    expect(response.status).toBe(200);
    await expect(response.arrayBuffer()).rejects.toThrow();
  });

  test('a cut body without a length fails too', async () => {
    hub().faults.add('body-cut', { route: 'list' });
    const response = await fetch(`${hub().url}/api/models`);
    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow();
  });

  test('a truncated file has a length that fits', async () => {
    hub().faults.add({ route: 'cdn', truncate: 100 });
    const response = await fetch(`${hub().url}/acme/chat-1b/resolve/main/onnx/model.onnx`);
    expect((await response.arrayBuffer()).byteLength).toBe(100);
  });

  test('latency alone leaves the answer as it is', async () => {
    hub().faults.add('slow', { delayMs: 120 });
    const start = performance.now();
    expect(await (await list()).json()).toHaveLength(1);
    expect(performance.now() - start).toBeGreaterThan(110);
  });

  test('routes, paths, times and skip', async () => {
    const { faults, url } = hub();
    faults.add('server-error', { route: 'model', path: 'chat-1b', times: 2, skip: 1 });
    const status = async (id: string): Promise<number> =>
      (await fetch(`${url}/api/models/${id}`)).status;
    expect((await list()).status).toBe(200);
    expect(await status('someone/bare')).toBe(200);
    expect([await status('acme/chat-1b'), await status('acme/chat-1b')]).toEqual([200, 500]);
    expect([await status('acme/chat-1b'), await status('acme/chat-1b')]).toEqual([500, 200]);
    faults.add('server-error');
    faults.clear();
    expect((await list()).status).toBe(200);
  });

  test('own status, body and headers; without CORS as gateways answer', async () => {
    const headers = { 'Retry-After': '3', RateLimit: '"api";r=0;t=3' };
    hub().faults.add({ status: 503, body: 'busy', headers, cors: false });
    const response = await list();
    expect(response.status).toBe(503);
    expect(await response.text()).toBe('busy');
    expect(response.headers.get('Retry-After')).toBe('3');
    expect(response.headers.get('RateLimit')).toBe('"api";r=0;t=3');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(response.headers.get('X-Local-No-Cors')).toBeNull();
  });
});

describe('headers alone', () => {
  const hub = useHub();

  test('are added to the true answer', async () => {
    hub().faults.add({ headers: { 'X-HF-Warning': 'Deprecation; soon' } });
    const response = await fetch(`${hub().url}/api/models?limit=1`);
    expect(response.headers.get('X-HF-Warning')).toBe('Deprecation; soon');
    expect(await response.json()).toHaveLength(1);
  });
});

describe('the log', () => {
  const hub = useHub({ latencyMs: 20 });

  test('has method, path, status, origin, range and length', async () => {
    const path = '/acme/chat-1b/resolve/main/onnx/model.onnx';
    const headers = { Origin: 'http://site.example', Range: 'bytes=0-9' };
    await fetch(hub().url + path, { headers });
    expect(hub().requests).toEqual([
      {
        server: 'hub',
        route: 'resolve',
        method: 'GET',
        path,
        status: 302,
        origin: 'http://site.example',
        range: 'bytes=0-9',
        length: expect.any(Number),
        authorized: false,
      },
      expect.objectContaining({ server: 'cdn', route: 'cdn', status: 206, range: 'bytes=0-9' }),
    ]);
  });

  test('control is off unless asked for', async () => {
    expect((await fetch(`${hub().url}/.local/requests`)).status).toBe(404);
  });
});

describe('serve.ts', () => {
  let child: ChildProcess | undefined;
  let url = '';

  beforeAll(async () => {
    const script = fileURLToPath(new URL('./serve.ts', import.meta.url));
    child = spawn(process.execPath, ['--import', 'tsx', script, '--latency', '1'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    url = (JSON.parse(line.toString()) as { url: string }).url;
  });
  afterAll(async () => {
    if (!child) return;
    child.kill();
    await once(child, 'exit');
  });

  test('prints its address and takes faults over HTTP', async () => {
    const post = (what: string, body: object): Promise<Response> =>
      fetch(`${url}/.local/${what}`, { method: 'POST', body: JSON.stringify(body) });
    expect((await post('faults', { name: 'nonsense' })).status).toBe(400);
    await post('faults', { name: 'server-error', route: 'list' });
    await post('faults', { route: 'list', status: 418, body: 'tea' });
    expect((await fetch(`${url}/api/models`)).status).toBe(500);
    expect((await fetch(`${url}/api/models`)).status).toBe(418);
    await post('rate-limit', { bucket: 'api', r: 0, t: 9, answer: 'html' });
    expect((await fetch(`${url}/api/models`)).status).toBe(429);
    const requests = await json(`${url}/.local/requests`);
    expect(requests).toHaveLength(3);
    await fetch(`${url}/.local/requests`, { method: 'DELETE' });
    await fetch(`${url}/.local/faults`, { method: 'DELETE' });
    expect(await json(`${url}/.local/requests`)).toEqual([]);
  });

  test('serves the sample', async () => {
    await fetch(`${url}/.local/rate-limit`, {
      method: 'POST',
      body: JSON.stringify({ bucket: 'api', quota: 500 }),
    });
    const rows = (await (await fetch(`${url}/api/models?full=true`)).json()) as { id: string }[];
    expect(rows.length).toBeGreaterThan(5);
    const [first] = rows;
    expect((await manual(`${url}/api/models/${first?.id}?blobs=true`)).status).toBe(200);
  });
});
