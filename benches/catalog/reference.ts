// What is right: every row, every filter, by plain loops.
import { type Columns, columnsOf } from './columns.ts';
import {
  type Answer,
  FACETS,
  type FacetField,
  NUMBERS,
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
const PATIENCE = 600_000;

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
  const counts = FACETS.map((field) => new Uint32Array(columns.names[field].names.length));
  const tests = testsOf(columns, question);
  const keys: number[] = [];
  const key = columns.numbers[question.sort ?? 'downloads'];
  for (let row = 0; row < columns.count; row += 1) {
    if (question.text && !lower[row]?.includes(question.text)) continue;
    const failing = tests.filter(({ passes }) => !passes(row)).map(({ field }) => field);
    if (failing.length === 0) keys.push(key[row] ?? 0);
    for (const [at, field] of FACETS.entries()) {
      if (failing.some((other) => other !== field)) continue;
      const count = counts[at] as Uint32Array;
      for (const code of codesOf(columns, field, row)) count[code] = (count[code] ?? 0) + 1;
    }
  }
  const page = keys.sort((one, other) => other - one).slice(0, PAGE);
  const facets = FACETS.map((field, at) => {
    const named = columns.names[field].names.map((name, code) => [name, counts[at]?.[code] ?? 0]);
    return [field, Object.fromEntries(named.filter(([, count]) => count))];
  });
  return { total: keys.length, facets: Object.fromEntries(facets), page };
}

/** A filter, and whether a row passes it. */
interface Test {
  field: string;
  passes: (row: number) => boolean;
}

function testsOf(columns: Columns, { any, between }: Question): Test[] {
  const names = FACETS.flatMap((field) => {
    const wanted = any?.[field];
    if (!wanted) return [];
    const codes = new Set(wanted.map((name) => columns.names[field].names.indexOf(name)));
    const passes = (row: number): boolean =>
      codesOf(columns, field, row).some((code) => codes.has(code));
    return [{ field, passes }];
  });
  const numbers = NUMBERS.flatMap((field) => {
    const [min, max] = between?.[field] ?? [Number.NaN, Number.NaN];
    if (Number.isNaN(min)) return [];
    const column = columns.numbers[field];
    const passes = (row: number): boolean => {
      const number = column[row] ?? Number.NaN;
      return number >= min && number <= max;
    };
    return [{ field, passes }];
  });
  return [...names, ...numbers];
}

function codesOf(columns: Columns, field: FacetField, row: number): number[] {
  const { starts, codes } = columns.names[field];
  const own: number[] = [];
  for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at += 1) own.push(codes[at] ?? 0);
  return own;
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
