// GET /api/models: section 2 of the Hub's API contract.

import { type Caller, mayRead } from './access.ts';
import type { HubContext } from './context.ts';
import { compareKeyed, type Keyed, readCursor, writeCursor } from './cursor.ts';
import { expandOf, LIST_EXPAND, pickFields } from './expand.ts';
import { BadQuery, predicatesOf } from './filters.ts';
import type { Repo } from './types.ts';

const PAGE_CAP = 1000;
const SORT_KEYS = [
  'createdAt',
  'downloads',
  'likes',
  'lastModified',
  'likes30d',
  'likes7d',
  'trendingScore',
  'num_parameters',
  'mainSize',
  'id',
];
const DEFAULT_KEYS = [
  '_id',
  'id',
  'modelId',
  'likes',
  'downloads',
  'trendingScore',
  'private',
  'tags',
  'pipeline_tag',
  'library_name',
  'createdAt',
];
const FULL_KEYS = ['author', 'sha', 'lastModified', 'gated', 'siblings'];

interface Row extends Keyed {
  repo: Repo;
}

interface Order {
  field: string;
  direction: 1 | -1;
}

function wholeNumber(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text) || Number(text) < least) {
    throw new BadQuery(`Invalid ${name}: expected a whole number of at least ${least}`);
  }
  return Number(text);
}

function orderOf(query: URLSearchParams): Order {
  const field = query.get('sort') ?? 'trendingScore';
  if (!SORT_KEYS.includes(field)) {
    const options = SORT_KEYS.map((key) => `"${key}"`).join('|');
    throw new BadQuery(`Invalid option: expected one of ${options}`);
  }
  const direction = query.get('direction') ?? '-1';
  if (direction !== '1' && direction !== '-1') throw new BadQuery('Invalid direction: -1 or 1');
  return { field, direction: direction === '1' ? 1 : -1 };
}

function sortValue(repo: Repo, field: string): number | string | undefined {
  return (repo.fields[field] as number | string | undefined) ?? repo.sortValues[field];
}

function rowsOf(context: HubContext, query: URLSearchParams, caller: Caller, order: Order): Row[] {
  const predicates = predicatesOf(query, context.options);
  return context.store.repos
    .filter((repo) => !repo.private || mayRead(repo, caller))
    .filter((repo) => predicates.every((accepts) => accepts(repo)))
    .map((repo) => ({ repo, key: repo.key, value: sortValue(repo, order.field) }))
    .sort((a, b) => compareKeyed(a, b, order.direction));
}

/** Rows beyond the cursor: right even when rows came or went between two pages. */
function afterCursor(rows: Row[], query: URLSearchParams, order: Order): Row[] {
  const text = query.get('cursor');
  if (text === null) return rows.slice(wholeNumber(query, 'skip', 0) ?? 0);
  const last = readCursor(order.field, text);
  if (!last) throw new BadQuery('Invalid cursor');
  return rows.filter((row) => compareKeyed(row, last, order.direction) > 0);
}

/** With `expand` only the named fields come, plus `_id`, `id` and the active sort key. */
function itemOf({ repo, value }: Row, query: URLSearchParams, order: Order): object {
  const expand = expandOf(query, LIST_EXPAND);
  if (expand) {
    const sortKey = value === undefined ? {} : { [order.field]: value };
    return { ...pickFields(repo, ['_id', 'id']), ...sortKey, ...pickFields(repo, expand) };
  }
  const asked = (name: string): boolean => query.get(name)?.toLowerCase() === 'true';
  return pickFields(repo, [
    ...DEFAULT_KEYS,
    ...(asked('full') ? FULL_KEYS : []),
    ...(asked('cardData') ? ['cardData'] : []),
    ...(asked('config') ? ['config'] : []),
  ]);
}

/** Same parameters, with the default sort written out. `skip` belongs to the first page only. */
function nextUrl(origin: string, query: URLSearchParams, order: Order, last: Row): string {
  const next = new URLSearchParams(query);
  next.delete('skip');
  next.set('sort', order.field);
  next.set('cursor', writeCursor(order.field, last, order.direction));
  return `${origin}/api/models?${next}`;
}

export function listModels(
  context: HubContext,
  url: URL,
  origin: string,
  caller: Caller,
): Response {
  const query = url.searchParams;
  const order = orderOf(query);
  const limit = Math.min(wholeNumber(query, 'limit', 1) ?? PAGE_CAP, PAGE_CAP);
  // A bad `expand` is refused even where no row matches.
  expandOf(query, LIST_EXPAND);
  const rows = afterCursor(rowsOf(context, query, caller, order), query, order);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const link = last && `<${nextUrl(origin, query, order, last)}>; rel="next"`;
  const items = page.map((row) => itemOf(row, query, order));
  return Response.json(items, link ? { headers: { Link: link } } : {});
}
