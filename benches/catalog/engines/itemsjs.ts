import itemsJs from 'itemsjs';
import {
  type Engine,
  FACETS,
  type FacetField,
  NUMBERS,
  namesOf,
  numberOf,
  PAGE,
  type Peer,
  TOP,
  topOf,
} from '../engine.ts';

type Item = Record<string, unknown>;
interface Found {
  pagination: { total: number };
  data: {
    items: Item[];
    aggregations: Record<string, { buckets: { key: string; doc_count: number }[] }>;
  };
}

export const itemsjs: Peer = {
  title: 'ItemsJS',
  library: 'itemsjs',
  selfExcluding: true,
  inPage: true,
  cannot: ({ text }) => text !== undefined,
  async open(): Promise<Engine> {
    let engine: { search(options: object): Found };
    return {
      load({ rows }) {
        const items: Item[] = [];
        for (const row of rows()) {
          const item: Item = { name: row.id };
          for (const field of FACETS) item[field] = namesOf(row, field);
          for (const field of NUMBERS) item[field] = numberOf(row, field) ?? -1;
          items.push(item);
        }
        // Names that are asked for come first, whatever their count: with some more, the most frequent ten are among them.
        const aggregations = Object.fromEntries(
          FACETS.map((field) => [field, { title: field, size: 2 * TOP, conjunction: false }]),
        );
        const sortings = Object.fromEntries(
          ['downloads', 'likes', 'updated'].map((field) => [field, { field, order: 'desc' }]),
        );
        engine = itemsJs(items, { aggregations, sortings, searchableFields: [] } as never) as never;
      },
      query({ any = {}, between, sort = 'downloads' }) {
        const ranges = Object.entries(between ?? {});
        const { data, pagination } = engine.search({
          per_page: PAGE,
          page: 1,
          sort,
          filters: any,
          ...(ranges.length > 0 && {
            filter: (item: Item) =>
              ranges.every(
                ([field, [min, max]]) =>
                  (item[field] as number) >= min && (item[field] as number) <= max,
              ),
          }),
        });
        const facets = FACETS.map((field: FacetField) => {
          const buckets = data.aggregations[field]?.buckets ?? [];
          return [field, topOf(buckets.map(({ key, doc_count }) => [key, doc_count] as const))];
        });
        return {
          total: pagination.total,
          facets: Object.fromEntries(facets),
          page: data.items.map((item) => item[sort] as number),
        };
      },
      close() {
        engine = undefined as never;
      },
    };
  },
};
