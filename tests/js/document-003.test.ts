// The usage examples of design document 003, run as written against the local Hub.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkModelCompatibility, getHuggingFaceModel } from '../../ts/index.ts';
import { type LocalHub, startHub } from '../hub/hub.ts';

let hub: LocalHub;
const realFetch = globalThis.fetch;

beforeAll(async () => {
  hub = await startHub({});
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await hub.stop();
});
beforeEach(() => {
  // The examples name no Hub, so they ask the public one: answer in its place.
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    realFetch(url.replace('https://huggingface.co', hub.url), init),
  );
});

async function run(load: () => Promise<unknown>): Promise<string[]> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  await load();
  log.mockRestore();
  return lines;
}

describe('design document 003', () => {
  test('example 1 checks a single model', async () => {
    const lines = await run(() => import('./document-003/check-single-model.ts'));
    const verdict = checkModelCompatibility(await getHuggingFaceModel('meta-llama/Llama-3.2-1B'));
    // The Hub's answer states no context length, so the verdict rests on an assumption, and says so.
    expect(verdict.warnings).toContain(
      'the context length is not stated; 2,048 tokens are assumed',
    );
    expect(lines).toEqual(['✅ Model is compatible!', 'Confidence: medium']);
  });

  test('example 2 filters a listing', async () => {
    const lines = await run(() => import('./document-003/filter-compatible-models.ts'));
    const [, found, all] =
      /^Found (\d+) compatible models out of (\d+)$/.exec(lines[0] ?? '') ?? [];
    expect(Number(all)).toBe(100);
    expect(Number(found)).toBeGreaterThan(10);
    expect(Number(found)).toBeLessThan(90);
  });

  test('example 3 searches', async () => {
    const lines = await run(() => import('./document-003/search-compatible-models.ts'));
    expect(lines[0]).toBe('Found 10 compatible Llama models');
    expect(lines.slice(1)).toHaveLength(10);
    for (const line of lines.slice(1)) expect(line.toLowerCase()).toMatch(/^- .*llama/);
  });

  test('example 4 lists the most popular', async () => {
    const lines = await run(() => import('./document-003/list-top-compatible-models.ts'));
    expect(lines).toHaveLength(51);
    const downloads = lines.slice(1).map((line) => Number(/\((\d+) downloads\)/.exec(line)?.[1]));
    expect(downloads).toEqual(downloads.toSorted((one, other) => other - one));
  });
});
