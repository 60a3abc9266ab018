// What a catalog should answer, row by row, with plain loops.
import type { CatalogAnswer, CatalogQuery, CatalogRow, FitClass, Where } from '../../ts/catalog.ts';

type Values = Record<string, unknown>;

const WHOLE = new Set(['context', 'downloads', 'likes', 'created', 'updated']);

/** Quantities are kept to 24 bits. */
function kept(field: string, number: number): number {
  return WHOLE.has(field) ? Math.round(number) : Math.fround(number);
}

function namesOf(row: Values, field: string): string[] {
  return [row[field] ?? []].flat() as string[];
}

function fitOf(
  row: Values,
  { gpu, ram = 0, context = 4096, cacheFactor = 1 }: NonNullable<CatalogQuery['fit']>,
): FitClass {
  const { fixedMemory: fixed, tokenMemory: token } = row as {
    fixedMemory?: number;
    tokenMemory?: number;
  };
  if (fixed === undefined || token === undefined) return 'unknown';
  const need = Math.fround(Math.fround(fixed) + Math.fround(token) * context * cacheFactor);
  const host = Math.fround((row as { hostMemory?: number }).hostMemory ?? 0);
  const whole = gpu > 0 && ram > 0 ? need <= gpu && host <= ram : need + host <= gpu + ram;
  if (whole) return 'full';
  return need + host <= gpu + ram ? 'partial' : 'no';
}

function passesField(row: Values, field: string, wanted: unknown, query: CatalogQuery): boolean {
  if (field === 'fit')
    return query.fit !== undefined && [wanted].flat().includes(fitOf(row, query.fit));
  if (wanted !== null && typeof wanted === 'object' && ('min' in wanted || 'max' in wanted)) {
    const { min = -Infinity, max = Infinity } = wanted as { min?: number; max?: number };
    const own = row[field] as number | undefined;
    return (
      own !== undefined &&
      kept(field, own) >= kept(field, min) &&
      kept(field, own) <= kept(field, max)
    );
  }
  const names = namesOf(row, field);
  const parts = (
    typeof wanted === 'string' || Array.isArray(wanted) ? { any: [wanted].flat() } : wanted
  ) as {
    any?: string[];
    all?: string[];
    none?: string[];
    known?: boolean;
  };
  const { any = [], all = [], none = [], known } = parts;
  return (
    (any.length === 0 || any.some((name) => names.includes(name))) &&
    all.every((name) => names.includes(name)) &&
    !none.some((name) => names.includes(name)) &&
    (known === undefined || known === names.length > 0)
  );
}

function passes(row: Values, where: Where, query: CatalogQuery, but?: string): boolean {
  return Object.entries(where).every(([key, wanted]) => {
    if (key === but) return true;
    if (key === 'and') return (wanted as Where[]).every((one) => passes(row, one, query));
    if (key === 'or') return (wanted as Where[]).some((one) => passes(row, one, query));
    if (key === 'not') return !passes(row, wanted as Where, query);
    return passesField(row, key, wanted, query);
  });
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Ids by author, then by name. */
function byId({ id: one }: CatalogRow, { id: other }: CatalogRow): number {
  const [author = '', name = ''] = one.split('/');
  const [otherAuthor = '', otherName = ''] = other.split('/');
  return compare(author, otherAuthor) || compare(name, otherName);
}

function sorted(rows: readonly CatalogRow[], query: CatalogQuery): CatalogRow[] {
  const { by, order = 'desc' } = (query.sort?.[0] ?? {}) as { by: string; order?: string };
  const value = (row: CatalogRow): unknown => (row as unknown as Values)[by];
  return [...rows].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === undefined || b === undefined)
      return Number(a === undefined) - Number(b === undefined) || byId(one, other);
    const difference =
      typeof a === 'number' ? kept(by, a) - kept(by, b as number) : compare(String(a), String(b));
    return (order === 'asc' ? difference : -difference) || byId(one, other);
  });
}

/** The total, the ids of the page, and the counts by facet. */
export function naiveAnswer(rows: readonly CatalogRow[], query: CatalogQuery): NaiveAnswer {
  const where = query.where ?? {};
  const found = rows.filter((row) => passes(row as unknown as Values, where, query));
  const facets = (query.facets ?? []).map((facet) => {
    const field = typeof facet === 'string' ? facet : facet.field;
    const counts: Record<string, number> = {};
    for (const row of rows as unknown as Values[]) {
      if (!passes(row, where, query, field)) continue;
      const names = field === 'fit' && query.fit ? [fitOf(row, query.fit)] : namesOf(row, field);
      for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
    }
    return { field, counts };
  });
  const ids = sorted(found, query).slice(0, query.page?.limit ?? 20);
  return { total: found.length, ids: ids.map(({ id }) => id), facets };
}

/** What of an answer a plain loop gives too. */
export interface NaiveAnswer {
  total: number;
  ids: string[];
  facets: { field: string; counts: Record<string, number> }[];
}

/** The same of the catalog's answer. */
export function shortAnswer({ total, rows, facets }: CatalogAnswer): NaiveAnswer {
  const short = facets.map((facet) => {
    const values = 'values' in facet ? facet.values.filter(({ count }) => count > 0) : [];
    const counts = Object.fromEntries(values.map(({ name, count }) => [name, count]));
    return { field: facet.field, counts };
  });
  return { total, ids: rows.map(({ id }) => id), facets: short };
}
