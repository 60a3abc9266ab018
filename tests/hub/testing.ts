// Helpers of the local Hub's own tests.

import { afterAll, beforeAll } from 'vitest';
import { FIXTURE } from './fixture.ts';
import { type HubOptions, type LocalHub, type SampleModel, startHub } from './hub.ts';

/** A Hub for the tests of one `describe`; with the fixture's rows unless told otherwise. */
export function useHub(options: HubOptions = {}): () => LocalHub {
  let hub: LocalHub | undefined;
  beforeAll(async () => {
    hub = await startHub({ rows: FIXTURE, ...options });
  });
  afterAll(async () => {
    await hub?.stop();
  });
  return () => {
    if (!hub) throw new Error('the local Hub has not started');
    return hub;
  };
}

/** Rows with many equal counts, so that paging has to break ties. */
export function manyRows(count: number): SampleModel[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `crowd/model-${String(n).padStart(4, '0')}`,
    downloads: n % 7,
    likes: (n * 13) % 40,
    task: n % 2 === 0 ? 'text-generation' : 'fill-mask',
    ...(n % 5 === 0 && { safetensors: { F32: n * 1000 } }),
    files: [],
  }));
}

export interface Row {
  _id: string;
  id: string;
  [key: string]: unknown;
}

export function nextOf(response: Response): string | undefined {
  return response.headers.get('Link')?.match(/<([^>]+)>; rel="next"/)?.[1];
}

/** Follows `Link: rel="next"` to the end and returns all pages. */
export async function allPages<T>(start: string): Promise<T[][]> {
  const pages: T[][] = [];
  for (let url: string | undefined = start; url !== undefined; ) {
    const response: Response = await fetch(url);
    pages.push((await response.json()) as T[]);
    url = nextOf(response);
  }
  return pages;
}

export async function json(url: string, init?: RequestInit): Promise<Record<string, unknown>> {
  const response = await fetch(url, init);
  return (await response.json()) as Record<string, unknown>;
}

export function manual(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { redirect: 'manual', ...init });
}

export function bearer(token: string): RequestInit {
  return { headers: { Authorization: `Bearer ${token}` } };
}
