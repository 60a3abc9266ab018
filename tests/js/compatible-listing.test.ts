// Listing what runs in a runtime: the Hub leaves out what it can, the verdict chooses among the rest.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  checkModelCompatibility,
  listCompatibleModels,
  searchCompatibleModels,
} from '../../ts/index.ts';
import { FIXTURE } from '../hub/fixture.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';

let hub: LocalHub;
beforeAll(async () => {
  hub = await startHub({ rows: FIXTURE });
});
afterAll(() => hub.stop());
beforeEach(() => {
  hub.requests.length = 0;
});

test('llama.cpp: the Hub is asked for GGUF alone', async () => {
  const target = { runtime: 'llama.cpp@v0.5.0' };
  const models = await listCompatibleModels({ hubUrl: hub.url, target });
  expect(models.length).toBeGreaterThan(0);
  for (const model of models) expect(checkModelCompatibility(model, target).compatible).toBe(true);
  expect(hub.requests).toHaveLength(1);
  expect(String(hub.requests[0]?.path)).toContain('filter=gguf');
});

test('vLLM takes several formats: nothing is left out beforehand', async () => {
  const target = { runtime: 'vllm@0.33.0' };
  const models = await searchCompatibleModels('chat', { hubUrl: hub.url, target });
  expect(models.map(({ id }) => id)).toContain('acme/chat-1b');
  expect(models.map(({ id }) => id)).not.toContain('acme/chat-1b-GGUF');
  expect(String(hub.requests[0]?.path)).not.toContain('filter=');
});

test('a tag that is asked for already is asked for once', async () => {
  const target = { runtime: 'llama.cpp' };
  await listCompatibleModels({ hubUrl: hub.url, target, filter: ['gguf'] });
  expect(String(hub.requests[0]?.path).match(/filter=gguf/g)).toHaveLength(1);
});

test('a runtime that is not known is told before the Hub is asked', async () => {
  const listed = listCompatibleModels({ hubUrl: hub.url, target: { runtime: 'vlm' } });
  await expect(listed).rejects.toMatchObject({ code: 'invalid_argument' });
  expect(hub.requests).toHaveLength(0);
});
