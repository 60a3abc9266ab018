// What is right: every row, every filter, by plain loops.
import { type Columns, columnsOf } from './columns.ts';
import {
  type Answer,
  FACETS,
  type FacetField,
  type NumberField,
  PAGE,
  type Question,
  type Source,
} from './engine.ts';

/** All counts of all names, so that ties among the most frequent do not matter. */
export interface Expected {
  total: number;
  facets: Record<FacetField, Record<string, number>>;
  page: number[];
}

/** Rows that the loop goes over for each kind of question: it is slow. */
const PATIENCE = 2_000_000;

/** The answers to the first questions of each kind; null for those that nothing is held against. */
export function expectedAnswers(
  source: Source,
  questions: readonly Question[],
): (Expected | null)[] {
  const columns = columnsOf(source);
  const lower = columns.ids.map((id) => id.toLowerCase());
  const most = Math.max(2, Math.min(12, Math.floor(PATIENCE / source.count)));
  const seen = new Map<string, number>();
  return questions.map((question) => {
    const before = seen.get(question.kind) ?? 0;
    seen.set(question.kind, before + 1);
    return before < most ? expected(columns, lower, question) : null;
  });
}

function expected(columns: Columns, lower: readonly string[], question: Question): Expected {
  const facets = Object.fromEntries(FACETS.map((field) => [field, {}])) as Expected['facets'];
  const keys: number[] = [];
  const key = columns.numbers[question.sort ?? 'downloads'];
  for (let row = 0; row < columns.count; row += 1) {
    if (question.text && !lower[row]?.includes(question.text)) continue;
    const failing = failed(columns, row, question);
    if (failing.length === 0) keys.push(key[row] ?? 0);
    for (const field of FACETS) {
      if (failing.some((other) => other !== field)) continue;
      for (const name of rowNames(columns, field, row)) {
        facets[field][name] = (facets[field][name] ?? 0) + 1;
      }
    }
  }
  const page = keys.sort((one, other) => other - one).slice(0, PAGE);
  return { total: keys.length, facets, page };
}

/** The fields whose filter a row fails. */
function failed(columns: Columns, row: number, { any, between }: Question): string[] {
  const failing: string[] = [];
  for (const [field, wanted] of Object.entries(any ?? {})) {
    const names = rowNames(columns, field as FacetField, row);
    if (!names.some((name) => wanted.includes(name))) failing.push(field);
  }
  for (const [field, [min, max]] of Object.entries(between ?? {})) {
    const number = columns.numbers[field as NumberField][row] ?? Number.NaN;
    if (!(number >= min && number <= max)) failing.push(field);
  }
  return failing;
}

function rowNames(columns: Columns, field: FacetField, row: number): string[] {
  const { names, starts, codes } = columns.names[field];
  const own = codes.subarray(starts[row], starts[row + 1]);
  return Array.from(own, (code) => names[code] ?? '');
}

/** What is wrong with an answer, if anything. */
export function difference(
  found: Answer,
  right: Expected,
  { counts, total }: { counts: boolean; total: boolean },
): string | undefined {
  if (total && found.total !== right.total) return `total ${found.total}, not ${right.total}`;
  const page = found.page.findIndex((key, at) => key !== right.page[at]);
  if (total && page >= 0) return `row ${page} has ${found.page[page]}, not ${right.page[page]}`;
  if (total && found.page.length !== right.page.length)
    return `${found.page.length} rows of a page`;
  for (const field of counts ? FACETS : []) {
    const all = right.facets[field];
    const most = Object.values(all).sort((one, other) => other - one);
    for (const [at, [name, count]] of (found.facets[field] ?? []).entries()) {
      if (count !== all[name]) return `${field} ${name}: ${count}, not ${all[name] ?? 0}`;
      if (count !== most[at]) return `${field}: ${count} at place ${at}, not ${most[at]}`;
    }
    if (!found.facets[field]?.length && most.length > 0) return `${field}: nothing counted`;
  }
  return undefined;
}
