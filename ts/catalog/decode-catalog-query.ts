import { HubfitError } from '../core/hubfit-error.ts';
import { NAME_FIELDS, NAMES_FIELDS, NUMBER_FIELDS } from './catalog-fields.ts';
import type { CatalogQuery, FacetWanted, SortWanted, Where } from './catalog-query.ts';

/** Values by key, as a URL has them. */
type Values = Map<string, string[]>;

/**
 * The query that parameters of a URL stand for. Parameters that are none of a query are left alone: pages have their
 * own beside them. One name reads back as text, several as a list.
 *
 * @throws {HubfitError} `invalid_argument` for a value that is no number or no JSON where one belongs
 */
export function decodeCatalogQuery(parameters: URLSearchParams | string): CatalogQuery {
  const values: Values = new Map();
  for (const [key, value] of new URLSearchParams(parameters)) {
    values.set(key, [...(values.get(key) ?? []), value]);
  }
  const where = decodeWhere(values);
  const fit = decodeObject(values, 'fit', ['gpu', 'ram', 'context', 'cacheFactor'], ['runtime']);
  const page = decodeObject(values, 'page', ['limit', 'offset'], ['after']);
  const facets = values.get('facet')?.map((text) => wanted<FacetWanted>('facet', text));
  const sort = values.get('sort')?.map((text) => wanted<SortWanted>('sort', text));
  const [text] = values.get('q') ?? [];
  return {
    ...(text !== undefined && { text }),
    ...(where && { where }),
    ...(fit && { fit }),
    ...(facets && { facets }),
    ...(sort && { sort }),
    ...(page && { page }),
    ...(values.get('group')?.[0] === 'base' && { group: 'base' }),
  } as unknown as CatalogQuery;
}

function decodeWhere(values: Values): Where | undefined {
  const where: Record<string, unknown> = {};
  for (const field of [...NAME_FIELDS, ...NAMES_FIELDS, 'fit']) {
    const names = decodeNames(values, field);
    if (names !== undefined) where[field] = names;
  }
  for (const field of NUMBER_FIELDS) {
    const range = {
      ...number(values, field, 'min'),
      ...number(values, field, 'max'),
      ...flag(values, field),
    };
    if (Object.keys(range).length > 0) where[field] = range;
  }
  for (const text of values.get('where') ?? []) Object.assign(where, json('where', text));
  return Object.keys(where).length > 0 ? where : undefined;
}

function decodeNames(values: Values, field: string): unknown {
  const plain = values.get(field);
  if (plain) return plain.length === 1 ? plain[0] : plain;
  const parts: Record<string, unknown> = { ...flag(values, field) };
  for (const key of ['any', 'all', 'none']) {
    const names = values.get(`${field}.${key}`);
    if (names) parts[key] = names;
  }
  return Object.keys(parts).length > 0 ? parts : undefined;
}

function flag(values: Values, field: string): { known?: boolean } {
  const [text] = values.get(`${field}.known`) ?? [];
  return text === undefined ? {} : { known: text === 'true' };
}

function number(values: Values, field: string, key: string): Record<string, number> {
  const name = `${field}.${key}`;
  const [text] = values.get(name) ?? [];
  if (text === undefined) return {};
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return { [key]: value };
  throw new HubfitError('invalid_argument', `${name}: expected a number, found "${text}"`);
}

function decodeObject(
  values: Values,
  name: string,
  numbers: readonly string[],
  texts: readonly string[],
): Record<string, unknown> | undefined {
  const parts: Record<string, unknown> = {};
  for (const key of numbers) Object.assign(parts, number(values, name, key));
  for (const key of texts) {
    const [text] = values.get(`${name}.${key}`) ?? [];
    if (text !== undefined) parts[key] = text;
  }
  return Object.keys(parts).length > 0 ? parts : undefined;
}

/** A name, or an object that says more. */
function wanted<T>(what: string, text: string): string | T {
  return text.startsWith('{') ? (json(what, text) as T) : text;
}

function json(what: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told of below.
  }
  throw new HubfitError('invalid_argument', `${what}: expected an object as JSON, found "${text}"`);
}
