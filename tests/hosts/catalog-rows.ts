// Random rows and queries, the same in every host from the same seed.
import type { CatalogQuery, CatalogRow, Where } from '../../ts/catalog.ts';

/** Numbers from 0 up to 1 (mulberry32). */
export type Random = () => number;

export function randomOf(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = [
  'llama',
  'qwen',
  'mistral',
  'gemma',
  'phi',
  'instruct',
  'gguf',
  '7b',
  '0.5b',
  'chat',
];
const NAMES = {
  family: ['llama', 'qwen', 'mistral', 'gemma'],
  task: ['text-generation', 'text-to-image', 'feature-extraction', 'any'],
  license: ['mit', 'apache-2.0', 'llama3', 'cc-by-nc-4.0'],
  gated: ['auto', 'manual'],
} as const;
const SETS = {
  formats: ['gguf', 'safetensors', 'onnx'],
  tags: Array.from({ length: 90 }, (_, tag) => `tag-${tag}`),
  runtimes: ['llama.cpp', 'vllm', 'mlx-lm'],
} as const;
const NUMBERS = { parameters: 1e11, downloads: 1e6, context: 131_072 } as const;

/** Fields by their names, some of them by name. */
interface Fields {
  [field: string]: unknown;
  fixedMemory?: number;
  tokenMemory?: number;
  or?: Where[];
  not?: Where;
}

function one<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() ** 2 * list.length)] as T;
}

function some<T>(random: Random, list: readonly T[], most = 3): T[] {
  const count = Math.floor(random() * (most + 1));
  return [...new Set(Array.from({ length: count }, () => one(random, list)))];
}

/** Rows with ids of their own, in no order. */
export function randomRows(random: Random, count: number): CatalogRow[] {
  return Array.from({ length: count }, (_, number) => {
    const words = Array.from({ length: 2 }, () => one(random, WORDS)).join('-');
    const row: Fields = {
      id: `${one(random, WORDS)}-${number % 7}/${words}-${number}`,
    };
    for (const [field, names] of Object.entries(NAMES)) {
      if (random() < 0.8) row[field] = one(random, names);
    }
    for (const [field, names] of Object.entries(SETS)) row[field] = some(random, names);
    for (const [field, most] of Object.entries(NUMBERS)) {
      if (random() < 0.8) row[field] = Math.floor(random() ** 4 * most);
    }
    if (random() < 0.7) {
      row.fixedMemory = Math.floor(random() ** 2 * 4e10);
      row.tokenMemory = Math.floor(random() * 5e5);
    }
    return row as unknown as CatalogRow;
  });
}

function randomWhere(random: Random, depth: number): Where {
  const where: Fields = {};
  for (const [field, names] of Object.entries(NAMES)) {
    if (random() < 0.25) where[field] = random() < 0.5 ? one(random, names) : some(random, names);
    else if (random() < 0.1) where[field] = { none: some(random, names), known: random() < 0.7 };
  }
  for (const [field, names] of Object.entries(SETS)) {
    if (random() < 0.2) where[field] = { all: some(random, names, 2) };
    else if (random() < 0.1)
      where[field] = { any: some(random, names), none: some(random, names, 1) };
  }
  for (const [field, most] of Object.entries(NUMBERS)) {
    if (random() < 0.2) where[field] = { min: Math.floor(random() ** 4 * most) };
    else if (random() < 0.1) where[field] = { max: Math.floor(random() ** 2 * most) };
  }
  if (depth > 0 && random() < 0.3) {
    where.or = [randomWhere(random, depth - 1), randomWhere(random, depth - 1)];
  }
  if (depth > 0 && random() < 0.2) where.not = randomWhere(random, depth - 1);
  return where as Where;
}

/** A query without text, whose answer a plain loop can give too. */
export function randomQuery(random: Random): CatalogQuery {
  const fit = { gpu: Math.floor(random() * 3e10), ram: Math.floor(random() * 6e10), context: 8192 };
  return {
    where: {
      ...randomWhere(random, 2),
      ...(random() < 0.3 && { fit: ['full', 'partial'] as const }),
    },
    fit,
    facets: [...Object.keys(NAMES), ...Object.keys(SETS), 'fit'].map((field) => ({
      field: field as 'task',
      top: 200,
    })),
    sort: [
      {
        by: one(random, ['downloads', 'parameters', 'family', 'context'] as const),
        order: one(random, ['asc', 'desc'] as const),
      },
    ],
    page: { limit: 20 },
  };
}
