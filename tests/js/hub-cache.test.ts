// What is kept is not asked for again: in memory, in a folder that processes share, in the Cache API.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { folderCache } from '../../ts/node/folder-cache.ts';
import {
  completeModels,
  getHuggingFaceModel,
  type HubCache,
  HubfitError,
  type HubOptions,
  httpSource,
  listHuggingFaceModels,
  memoryCache,
} from '../../ts/node.ts';
import { FIXTURE } from '../hub/fixture.ts';
import { type LocalHub, startHub, TOKENS } from '../hub/hub.ts';
import { simulatedClock } from '../hub/simulated-clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'hubfit-cache-'));
let hub: LocalHub;
beforeAll(async () => {
  hub = await startHub({ rows: FIXTURE, apiEtags: true });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await hub.stop();
});
beforeEach(() => {
  hub.requests.length = 0;
});

const CONFIG = '/acme/chat-1b/resolve/main/config.json';

const answer = (
  size: number,
): { status: number; headers: object; body: Uint8Array; at: number } => ({
  status: 200,
  headers: { etag: '"x"' },
  body: new Uint8Array(size).fill(7),
  at: 5,
});

describe.each([
  ['memory', (): HubCache => memoryCache()],
  ['a folder', (): HubCache => folderCache(mkdtempSync(join(folder, 'x-')))],
])('kept in %s', (_, open) => {
  const options = (): HubOptions => ({ hubUrl: hub.url, cache: open(), clock: simulatedClock() });

  test('an answer that may have changed is asked for, and not sent again where it has not', async () => {
    const how = options();
    const first = await listHuggingFaceModels(how);
    const again = await listHuggingFaceModels(how);
    expect(again).toEqual(first);
    expect(hub.requests.map(({ status }) => status)).toEqual([200, 304]);
  });

  test('within maxAge nothing is asked', async () => {
    const how = { ...options(), maxAge: 60 };
    const clock = how.clock as ReturnType<typeof simulatedClock>;
    const first = await getHuggingFaceModel('acme/chat-1b', how);
    expect(await getHuggingFaceModel('acme/chat-1b', how)).toEqual(first);
    expect(hub.requests).toHaveLength(1);
    clock.time += 61_000;
    await getHuggingFaceModel('acme/chat-1b', how);
    expect(hub.requests.map(({ status }) => status)).toEqual([200, 304]);
  });

  test('files of a commit are never asked for twice, other revisions are', async () => {
    const how = options();
    const [model] = await listHuggingFaceModels({ ...how, search: 'chat-1b', author: 'acme' });
    const once = await completeModels([model as never], how);
    hub.requests.length = 0;
    expect(await completeModels([model as never], how)).toEqual(once);
    expect(hub.requests).toEqual([]);
    const source = (): Promise<Uint8Array> => httpSource(hub.url + CONFIG, how).read(0, 50);
    expect(await source()).toEqual(await source());
    expect(hub.requests.at(-1)?.status).toBe(304);
  });

  test('who has a token does not see what is kept for others, nor the other way round', async () => {
    const how = { ...options(), maxAge: 60 };
    await getHuggingFaceModel('acme/chat-1b', { ...how, accessToken: TOKENS.granted });
    await getHuggingFaceModel('acme/chat-1b', { ...how, accessToken: TOKENS.reader });
    await getHuggingFaceModel('acme/chat-1b', how);
    expect(hub.requests).toHaveLength(3);
  });

  test('offline, what is kept is there and what is not is told', async () => {
    const how = options();
    const first = await listHuggingFaceModels(how);
    const offline = { ...how, offline: true };
    hub.requests.length = 0;
    expect(await listHuggingFaceModels(offline)).toEqual(first);
    const error = await getHuggingFaceModel('acme/chat-1b', offline).catch((e) => e);
    expect(error).toBeInstanceOf(HubfitError);
    expect([error.code, error.message]).toEqual(['offline', expect.stringContaining('chat-1b')]);
    expect(hub.requests).toEqual([]);
  });
});

test('who asks the same at the same time asks once', async () => {
  const how = { hubUrl: hub.url, clock: simulatedClock() };
  const asked = Array.from({ length: 5 }, () => getHuggingFaceModel('acme/chat-1b', how));
  const [first, ...others] = await Promise.all(asked);
  for (const other of others) expect(other).toEqual(first);
  expect(hub.requests).toHaveLength(1);
});

test('one who gives up does not take the answer from those who wait with them', async () => {
  const how = { hubUrl: hub.url, clock: simulatedClock() };
  const abort = new AbortController();
  const first = getHuggingFaceModel('acme/chat-1b', { ...how, signal: abort.signal });
  const second = getHuggingFaceModel('acme/chat-1b', how);
  abort.abort();
  await expect(first).rejects.toMatchObject({ code: 'aborted' });
  expect((await second).id).toBe('acme/chat-1b');
});

test('memory is bounded: what was used longest ago goes first', async () => {
  const cache = memoryCache({ maxBytes: 250 });
  for (const key of ['a', 'b']) await cache.set(key, answer(100) as never);
  await cache.get('a');
  await cache.set('c', answer(100) as never);
  expect(await cache.get('b')).toBeUndefined();
  expect(await cache.get('a')).toBeDefined();
});

test('a folder is bounded, and half a file is none', async () => {
  const place = mkdtempSync(join(folder, 'bounded-'));
  const cache = folderCache(place, { maxBytes: 50_000 });
  for (let n = 0; n < 100; n += 1) await cache.set(`key ${n}`, answer(1000) as never);
  const files = (readdirSync(place, { recursive: true }) as string[]).filter(
    (name) => name.length > 60,
  );
  expect(files.length).toBeGreaterThan(20);
  expect(files.length).toBeLessThan(50);
  expect(await cache.get('key 99')).toEqual(answer(1000));
  for (const name of files) writeFileSync(join(place, name), '{"key":"key 99","sta');
  expect(await cache.get('key 99')).toBeUndefined();
});

test('a cache that fails is as good as none', async () => {
  const broken: HubCache = {
    get: () => Promise.reject(new Error('no disk')),
    set: () => Promise.reject(new Error('no disk')),
  };
  const model = await getHuggingFaceModel('acme/chat-1b', { hubUrl: hub.url, cache: broken });
  expect(model.id).toBe('acme/chat-1b');
});
