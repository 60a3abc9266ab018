import { FACETS, type FacetName } from './facet-names';
import { isSort, type Sort } from './sorts';

export type VerdictFilter = 'all' | 'yes' | 'no';

/** What the visitor asked for. Values of one facet widen each other, facets narrow each other. */
export interface Filters {
  text: string;
  verdict: VerdictFilter;
  /** Codes of findings that stand against a model. */
  why: readonly string[];
  facets: Readonly<Record<FacetName, readonly string[]>>;
  maxParameters: number | undefined;
  sort: Sort;
}

/** Nothing asked for. */
export const NO_FILTERS: Filters = {
  text: '',
  verdict: 'all',
  why: [],
  facets: { family: [], format: [], task: [], quant: [] },
  maxParameters: undefined,
  sort: 'downloads',
};

/** The filters that a query describes; what it says wrongly is left out. */
export function parseFilters(query: URLSearchParams): Filters {
  const fit = query.get('fit');
  const sort = query.get('sort') ?? '';
  const most = Number(query.get('params'));
  return {
    text: query.get('q') ?? '',
    verdict: fit === 'yes' || fit === 'no' ? fit : 'all',
    why: query.getAll('why'),
    facets: {
      family: query.getAll('family'),
      format: query.getAll('format'),
      task: query.getAll('task'),
      quant: query.getAll('quant'),
    },
    maxParameters: most > 0 ? most : undefined,
    sort: isSort(sort) ? sort : NO_FILTERS.sort,
  };
}

/** Adds the filters to a query, each only where it is set. */
export function writeFilters(query: URLSearchParams, filters: Filters): void {
  if (filters.text) query.set('q', filters.text);
  if (filters.verdict !== 'all') query.set('fit', filters.verdict);
  for (const code of filters.why) query.append('why', code);
  for (const facet of FACETS) {
    for (const value of filters.facets[facet]) query.append(facet, value);
  }
  if (filters.maxParameters !== undefined) query.set('params', String(filters.maxParameters));
  if (filters.sort !== NO_FILTERS.sort) query.set('sort', filters.sort);
}

/** How many filters of the panel are set; the text and the order are not in it. */
export function countFilters(filters: Filters): number {
  const chosen = FACETS.reduce((sum, facet) => sum + filters.facets[facet].length, 0);
  const single = Number(filters.verdict !== 'all') + Number(filters.maxParameters !== undefined);
  return chosen + single + filters.why.length;
}

/** The filters with one value put in or taken out. */
export function toggle(values: readonly string[], value: string): readonly string[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
