// A site's build: ten thousand models listed and five hundred of them completed, within the Hub's rate limit.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  completeModels,
  extractModelMetadata,
  type HubProgress,
  listHuggingFaceModels,
} from '../../ts/index.ts';
import { crowd } from '../hub/crowd.ts';
import { type LocalHub, startHub, TOKENS } from '../hub/hub.ts';
import { simulatedClock } from '../hub/simulated-clock.ts';

const MODELS = 10_000;
const COMPLETED = 500;

const clock = simulatedClock();
let hub: LocalHub;
beforeAll(async () => {
  hub = await startHub({ ...crowd(MODELS), now: clock.now });
});
afterAll(() => hub.stop());

const asked = (): number => hub.requests.filter(({ route }) => COUNTED.has(route)).length;

describe.each([
  ['anonymous', {}, 500],
  ['with a token', { accessToken: TOKENS.granted }, 1000],
])('a build, %s', (name, who, quota) => {
  beforeAll(() => {
    hub.requests.length = 0;
    clock.slept = 0;
    hub.rateLimits.set('api', { quota });
    hub.rateLimits.set('resolvers', { quota: 3000 });
  });

  test('lists ten thousand in ten requests, and completes five hundred in a thousand', async () => {
    const options = { ...who, hubUrl: hub.url, clock };
    const models = await listHuggingFaceModels({ ...options, limit: MODELS, sort: 'popular' });
    expect(new Set(models.map(({ id }) => id)).size).toBe(MODELS);
    expect(asked()).toBe(10);
    const metadata = models.map((model) => extractModelMetadata(model));
    const share = (known: number): number => known / MODELS;
    expect(share(models.filter(({ tags }) => tags.length > 0).length)).toBeGreaterThan(0.9);
    expect(
      share(metadata.filter(({ parameters }) => parameters !== 'unknown').length),
    ).toBeGreaterThan(0.7);
    expect(share(metadata.filter(({ quantization }) => quantization).length)).toBeGreaterThan(0.3);

    const progress: HubProgress[] = [];
    const onProgress = (now: HubProgress): void => void progress.push(now);
    const completed = await completeModels(models.slice(0, COMPLETED), { ...options, onProgress });
    expect(asked() - 10).toBeLessThanOrEqual(1000);
    expect(hub.requests.filter(({ status }) => status === 429)).toEqual([]);
    for (const { model, missing } of completed) {
      const sizes = model.siblings?.every(({ size }) => size !== undefined);
      expect([model.id, sizes || missing.length > 0]).toEqual([model.id, true]);
    }
    const known = completed.filter(({ geometry }) => geometry !== null).length;
    expect(known / COMPLETED).toBeGreaterThan(0.7);
    const last = progress.at(-1);
    expect([last?.done, last?.total, last?.requests]).toEqual([COMPLETED, COMPLETED, asked() - 10]);
    console.log(
      `${name}: ${asked()} requests, ${known} geometries, ${Math.round(clock.slept / 1000)} s of waiting, ${Math.round((last?.bytes ?? 0) / 1000)} kB`,
    );
  });
});

/** What the client sent; redirects are followed by `fetch`. */
const COUNTED: ReadonlySet<string> = new Set(['list', 'model', 'resolve']);
