import type { CatalogQuery, NamesWanted, RangeWanted, Where } from './catalog-query.ts';

/**
 * A query as parameters of a URL, so that a link shows the same: `?q=llama&task=text-generation&parameters.max=8e9`.
 * `decodeCatalogQuery` reads it back.
 */
export function encodeCatalogQuery(query: CatalogQuery): URLSearchParams {
  const parameters = new URLSearchParams();
  const add = (key: string, value: unknown): void => {
    if (value !== undefined) parameters.append(key, inText(value));
  };
  add('q', query.text);
  encodeWhere(query.where ?? {}, add);
  for (const [key, value] of Object.entries(query.fit ?? {})) add(`fit.${key}`, value);
  for (const facet of query.facets ?? []) add('facet', facet);
  for (const sort of query.sort ?? []) add('sort', sort);
  for (const [key, value] of Object.entries(query.page ?? {})) add(`page.${key}`, value);
  add('group', query.group);
  return parameters;
}

/** Text as it stands, all else as JSON. */
function inText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

type Add = (key: string, value: unknown) => void;

function encodeWhere({ and, or, not, ...fields }: Where, add: Add): void {
  for (const [field, wanted] of Object.entries(fields)) encodeField(field, wanted, add);
  // Nested conditions have no short form.
  if (and || or || not) add('where', { and, or, not });
}

function encodeField(field: string, wanted: NamesWanted | RangeWanted, add: Add): void {
  const plain = typeof wanted === 'string' || Array.isArray(wanted);
  for (const [key, value] of plain ? [['', wanted]] : Object.entries(wanted)) {
    for (const one of [value].flat()) add(key ? `${field}.${key}` : field, one);
  }
}
