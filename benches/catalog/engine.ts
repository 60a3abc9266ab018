import type { CatalogFiles } from '../../ts/catalog/catalog-files.ts';
import type { CatalogRow } from '../../ts/catalog/catalog-row.ts';

/** What a page of models counts: five fields with one name a row, three with several. */
export const FACETS = [
  'task',
  'library',
  'license',
  'family',
  'relation',
  'formats',
  'quantizations',
  'languages',
] as const;
export type FacetField = (typeof FACETS)[number];

/** Those with several names a row. */
export const SEVERAL: ReadonlySet<FacetField> = new Set(['formats', 'quantizations', 'languages']);

/** Numbers that questions filter and sort by. `need` is the memory at 4,096 tokens: hubfit works it out, peers are given it. */
export const NUMBERS = ['parameters', 'downloads', 'likes', 'updated', 'need'] as const;
export type NumberField = (typeof NUMBERS)[number];

/** Names that a facet's answer lists at most. */
export const TOP = 10;
/** Rows of a page. */
export const PAGE = 50;

/** One question. */
export interface Question {
  /** The row of the table that it counts for. */
  kind: string;
  /** Rows that have one of the names. */
  any?: Partial<Record<FacetField, readonly string[]>>;
  /** Rows whose number is in the range, ends included. */
  between?: Partial<Record<NumberField, readonly [number, number]>>;
  text?: string;
  /** The largest first. */
  sort?: 'downloads' | 'likes' | 'updated';
}

/** What is asked of every engine: how many rows, the counts of all facets, and the rows of the first page. */
export interface Answer {
  total: number;
  /** By facet, the most frequent names. None where the engine does not count. */
  facets: Partial<Record<FacetField, [name: string, count: number][]>>;
  /** What the rows of the page are sorted by. */
  page: number[];
}

/** What an engine loads. */
export interface Source {
  count: number;
  /** Made anew each time. */
  rows(): Iterable<CatalogRow>;
  /** The same rows as hubfit's files. */
  snapshot(): Promise<CatalogFiles>;
}

/** An engine in the common shape. */
export interface Engine {
  /** All that is done once, after the libraries are there. */
  load(source: Source): Promise<void> | void;
  query(question: Question): Answer | Promise<Answer>;
  close(): Promise<void> | void;
}

/** An engine, and how its answers are to be judged. */
export interface Peer {
  /** As the table names it. */
  title: string;
  /** The library's name among the dependencies. */
  library?: string;
  /** What it cannot answer. */
  cannot?: (question: Question) => boolean;
  /** Whether a facet's counts leave out the facet's own filter. Where not, counts are compared without filters only. */
  selfExcluding: boolean;
  /** How text is found, where not as a substring of the id: such totals are not compared. */
  text?: string;
  /** Rows that it can bear. */
  most?: number;
  /** Whether it works in a page of a browser. */
  inPage: boolean;
  open(): Promise<Engine>;
}

/** Bytes of memory that a row needs with 4,096 tokens, as hubfit keeps them. */
export function needOf({ fixedMemory, tokenMemory }: CatalogRow): number | undefined {
  if (fixedMemory === undefined || tokenMemory === undefined) return undefined;
  return Math.fround(fixedMemory + tokenMemory * 4096);
}

/** A number of a row. */
export function numberOf(row: CatalogRow, field: NumberField): number | undefined {
  return field === 'need' ? needOf(row) : row[field];
}

/** The names of a row, none to many. */
export function namesOf(row: CatalogRow, field: FacetField): readonly string[] {
  const names = row[field];
  return typeof names === 'string' ? [names] : (names ?? []);
}

/** The most frequent of counted names; ties by name. */
export function topOf(counts: Iterable<readonly [string, number]>): [string, number][] {
  const found = [...counts].filter(([, count]) => count > 0) as [string, number][];
  return found
    .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .slice(0, TOP);
}
