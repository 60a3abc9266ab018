// What a listing can be asked for: filters, orders, fields and what they cost, places to go on from.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  completeModels,
  iterateHuggingFacePages,
  type ListingOptions,
  type ListingProgress,
  listHuggingFaceModels,
} from '../../ts/index.ts';
import { FIXTURE } from '../hub/fixture.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';
import { simulatedClock } from '../hub/simulated-clock.ts';
import { manyRows } from '../hub/testing.ts';

let hub: LocalHub;
beforeAll(async () => {
  hub = await startHub({ rows: [...FIXTURE, ...manyRows(1200)] });
});
afterAll(() => hub.stop());
beforeEach(() => {
  hub.faults.clear();
  hub.requests.length = 0;
});

const at = (): { hubUrl: string; clock: ReturnType<typeof simulatedClock> } => ({
  hubUrl: hub.url,
  clock: simulatedClock(),
});

describe('filters', () => {
  test.each<[ListingOptions, string[]]>([
    [{ language: 'id' }, ['acme/chat-1b']],
    [{ license: 'mit' }, ['Other-Org/Chat-1B-AWQ']],
    [{ dataset: 'wikipedia' }, ['google-bert/bert-base-uncased']],
    [{ baseModel: 'acme/chat-1b' }, ['Other-Org/Chat-1B-AWQ', 'acme/chat-1b-GGUF']],
    [{ baseModel: 'acme/chat-1b', baseModelRelation: 'merge' }, []],
    [{ gated: true }, ['acme/gated-27b']],
    [{ apps: ['llama.cpp'] }, ['acme/chat-1b-GGUF']],
    [{ minParameters: 2_000_000_000 }, ['acme/gated-27b']],
    [{ author: 'acme', maxParameters: 2_000_000_000 }, ['acme/chat-1b', 'acme/chat-1b-GGUF']],
    [{ library: 'transformers', filter: ['arxiv:1810.04805'] }, ['google-bert/bert-base-uncased']],
  ])('%j', async (options, expected) => {
    const models = await listHuggingFaceModels({ ...at(), ...options });
    expect(models.map(({ id }) => id).sort()).toEqual(expected.toSorted());
  });

  test.each([
    'trending',
    'popular',
    'likes',
    'recent',
    'createdAt',
    'likes7d',
    'likes30d',
    'num_parameters',
    'mainSize',
    'id',
  ] as const)('in the order of %s', async (sort) => {
    const models = await listHuggingFaceModels({ ...at(), sort, limit: 3 });
    expect(models).toHaveLength(3);
  });
});

describe('fields', () => {
  test('what is asked for and always told is there, and the types know it', async () => {
    const [model] = await listHuggingFaceModels({
      ...at(),
      fields: ['downloads', 'sha'],
      limit: 1,
    });
    const known: { downloads: number; sha: string } | undefined = model;
    expect(typeof known?.downloads).toBe('number');
    // @ts-expect-error likes were not asked for
    const unknown: number | undefined = (model ?? { likes: 0 }).likes satisfies number;
    expect(unknown).toBeUndefined();
  });

  test('what the list route refuses costs a request for each model, and that is told', async () => {
    const progress: ListingProgress[] = [];
    const models = await listHuggingFaceModels({
      ...at(),
      author: 'acme',
      fields: ['likes', 'usedStorage', 'childrenModelCount'],
      onProgress: (now) => void progress.push(now),
    });
    expect(models.find(({ id }) => id === 'acme/chat-1b')?.childrenModelCount.quantized).toBe(2);
    for (const { usedStorage, likes } of models)
      expect([usedStorage > 0, likes >= 0]).toEqual([true, true]);
    expect(hub.requests.map(({ route }) => route)).toEqual(['list', 'model', 'model', 'model']);
    const { perModel, requests, done, waiting } = progress.at(-1) as ListingProgress;
    expect([perModel, requests, done, waiting]).toEqual([
      ['usedStorage', 'childrenModelCount'],
      4,
      3,
      0,
    ]);
  });

  test('a model that is gone meanwhile stays as it was listed', async () => {
    hub.faults.add('not-found', { route: 'model' });
    const told: string[] = [];
    const models = await listHuggingFaceModels({
      ...at(),
      author: 'acme',
      fields: ['usedStorage'],
      onSkip: ({ code }) => void told.push(code),
    });
    expect(models).toHaveLength(3);
    expect(told).toEqual(['repo_not_found']);
  });
});

describe('places', () => {
  test('a page says where the next is, and another listing goes on there', async () => {
    const options = { ...at(), sort: 'createdAt', author: 'crowd' } as const;
    const pages = iterateHuggingFacePages(options);
    const first = (await pages.next()).value;
    await pages.return();
    const place = JSON.parse(JSON.stringify({ next: first?.next }));
    const rest = await listHuggingFaceModels({ ...at(), ...place, limit: 5000 });
    expect(first?.models.length).toBe(1000);
    expect(rest).toHaveLength(200);
    const ids = new Set([...(first?.models ?? []), ...rest].map(({ id }) => id));
    expect(ids.size).toBe(1200);
    expect(hub.requests).toHaveLength(2);
  });
});

describe('completing', () => {
  test('is of the commit that was listed, whatever is pushed meanwhile', async () => {
    const models = await listHuggingFaceModels({ ...at(), search: 'acme/chat-1b' });
    hub.push('acme/chat-1b');
    const [completed] = await completeModels(
      models.filter(({ id }) => id === 'acme/chat-1b'),
      at(),
    );
    expect(completed?.model.sha).toBe(models.find(({ id }) => id === 'acme/chat-1b')?.sha);
    expect(completed?.geometry?.layers.length).toBe(16);
    expect(completed?.missing).toEqual([]);
    expect(
      hub.requests.filter(({ route }) => route === 'model' || route === 'resolve'),
    ).toHaveLength(2);
  });

  test('what a model does not give is told, and the others are completed', async () => {
    const models = await listHuggingFaceModels({ ...at(), author: 'acme' });
    const completed = await completeModels(models, {
      ...at(),
      details: ['sizes', 'geometry', 'usedStorage'],
    });
    const gated = completed.find(({ model }) => model.id === 'acme/gated-27b');
    expect(gated?.missing.map(({ detail, code }) => [detail, code])).toEqual([
      ['geometry', 'gated_repo'],
    ]);
    expect(gated?.model.usedStorage).toBeGreaterThan(5e10);
    expect(hub.requests.filter(({ route }) => route === 'model')).toHaveLength(3);
    // Without a token nobody gets a gated file: it is not even asked for.
    expect(hub.requests.filter(({ route }) => route === 'resolve')).toHaveLength(2);
  });

  test('what a model has already is not asked for', async () => {
    const siblings = [{ rfilename: 'config.json', size: 843 }];
    await completeModels([{ id: 'acme/chat-1b', siblings, usedStorage: 1 }], {
      ...at(),
      details: ['sizes', 'usedStorage'],
    });
    expect(hub.requests).toEqual([]);
  });
});
