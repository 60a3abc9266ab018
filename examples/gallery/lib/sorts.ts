import type { Model } from './models';

/** The orders, by their key in the URL. */
export const SORTS = {
  downloads: 'Most downloads',
  likes: 'Most likes',
  newest: 'Newest',
  smallest: 'Fewest parameters',
  largest: 'Most parameters',
  name: 'Name',
} as const;

export type Sort = keyof typeof SORTS;

/** Whether a text names an order. */
export function isSort(text: string): text is Sort {
  return Object.hasOwn(SORTS, text);
}

/** How two models stand in an order. What is not known comes last, then the id decides. */
export function comparator(sort: Sort): (a: Model, b: Model) => number {
  const rank = RANKS[sort];
  return (a, b) => compare(rank(a), rank(b)) || (a.text < b.text ? -1 : 1);
}

/** Smaller comes first. */
const RANKS: Record<Sort, (model: Model) => number | undefined> = {
  downloads: ({ item }) => negative(item.downloads),
  likes: ({ item }) => negative(item.likes),
  newest: ({ item }) => negative(item.createdAt && Date.parse(item.createdAt)),
  smallest: ({ metadata }) => metadata.parameterCount ?? undefined,
  largest: ({ metadata }) => negative(metadata.parameterCount),
  name: () => 0,
};

function negative(value: number | '' | null | undefined): number | undefined {
  return typeof value === 'number' ? -value : undefined;
}

function compare(a: number | undefined, b: number | undefined): number {
  return a === b ? 0 : (a ?? Number.MAX_VALUE) - (b ?? Number.MAX_VALUE);
}
