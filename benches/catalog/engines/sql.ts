// What the two databases share: one statement for the total, one for each facet, one for the page.
import { type Answer, FACETS, type FacetField, PAGE, type Question, TOP } from '../engine.ts';

/** How a database keeps names and asks for them. */
export interface Dialect {
  /** A condition on a row's names. */
  any(field: FacetField, wanted: readonly string[]): string;
  /** The most frequent names of the rows that fulfil a condition. */
  count(field: FacetField, where: string): string;
}

/** Runs a statement; gives its rows. */
export type Run = (statement: string) => unknown[][];

export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
export const listed = (names: readonly string[]): string => `(${names.map(quoted).join(', ')})`;
/** The most frequent first; ties by name. */
export const FIRST: string = `ORDER BY 2 DESC, 1 LIMIT ${TOP}`;

export function ask(run: Run, dialect: Dialect, question: Question): Answer {
  const { sort = 'downloads' } = question;
  const where = condition(dialect, question);
  const facets = FACETS.map((field) => {
    const counted = run(dialect.count(field, condition(dialect, question, field)));
    return [field, counted.map(([name, count]) => [String(name), Number(count)])];
  });
  const page = run(
    `SELECT ${sort}, * FROM models WHERE ${where} ORDER BY ${sort} DESC LIMIT ${PAGE}`,
  );
  return {
    total: Number(run(`SELECT count(*) FROM models WHERE ${where}`)[0]?.[0]),
    facets: Object.fromEntries(facets),
    page: page.map((row) => Number(row[0])),
  };
}

/** The columns with one value a row, beside the names. */
export const COLUMNS = ['id', 'downloads', 'likes', 'updated', 'parameters', 'need'] as const;

function condition(dialect: Dialect, question: Question, without?: FacetField): string {
  const { any = {}, between = {}, text } = question;
  const parts = ['true'];
  for (const [field, wanted] of Object.entries(any)) {
    if (field !== without) parts.push(dialect.any(field as FacetField, wanted));
  }
  for (const [field, [min, max]] of Object.entries(between)) {
    // No index helps where half of the rows pass; the sign keeps SQLite from taking one.
    parts.push(`+${field} BETWEEN ${min} AND ${max}`);
  }
  if (text !== undefined) parts.push(`lower LIKE ${quoted(`%${text}%`)}`);
  return parts.join(' AND ');
}
