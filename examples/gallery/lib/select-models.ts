import type { CompatibilityResult } from 'hubfit';
import { FACETS, type FacetName } from './facet-names';
import type { Filters } from './filters';
import { type Model, models } from './models';
import { comparator } from './sorts';
import { obstacles } from './verdicts';

/** A model and what a worker makes of it. */
export interface Entry {
  model: Model;
  verdict: CompatibilityResult;
}

export type Counts = ReadonlyMap<string, number>;

/** What the filters leave, and what each other choice would leave. */
export interface Selection {
  shown: readonly Entry[];
  /** Models that match all filters but those on the verdict, and how many of them are compatible. */
  matching: number;
  compatible: number;
  verdicts: Counts;
  why: Counts;
  facets: Readonly<Record<FacetName, Counts>>;
}

type FilterName = FacetName | 'text' | 'verdict' | 'why' | 'parameters';

/** Filters, counts and sorts in one pass. */
export function selectModels(
  verdicts: readonly CompatibilityResult[],
  filters: Filters,
): Selection {
  const tally = new Tally();
  const fails = failures(filters);
  for (const [index, model] of models.entries()) {
    const verdict = verdicts[index];
    if (verdict) tally.add({ model, verdict }, fails({ model, verdict }));
  }
  const order = comparator(filters.sort);
  tally.shown.sort((a, b) => order(a.model, b.model));
  return tally;
}

/** Counts each value among the models that no *other* filter leaves out. */
class Tally implements Selection {
  readonly shown: Entry[] = [];
  matching = 0;
  compatible = 0;
  readonly verdicts = new Map<string, number>();
  readonly why = new Map<string, number>();
  readonly facets = {
    family: new Map<string, number>(),
    format: new Map<string, number>(),
    task: new Map<string, number>(),
    quant: new Map<string, number>(),
  };

  add(entry: Entry, failed: readonly FilterName[]): void {
    const { model, verdict } = entry;
    const only = (...names: FilterName[]) => failed.every((name) => names.includes(name));
    if (failed.length === 0) this.shown.push(entry);
    if (only('verdict', 'why')) {
      this.matching += 1;
      this.compatible += Number(verdict.compatible);
      count(this.why, obstacles(verdict));
    }
    if (only('verdict')) count(this.verdicts, ['all', verdict.compatible ? 'yes' : 'no']);
    for (const facet of FACETS) {
      if (only(facet)) count(this.facets[facet], model.facets[facet]);
    }
  }
}

function count(counts: Map<string, number>, values: readonly string[]): void {
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
}

/** Names the filters that leave an entry out. */
function failures(filters: Filters): (entry: Entry) => readonly FilterName[] {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  const tests = new Map<FilterName, (entry: Entry) => boolean>();
  if (words.length > 0)
    tests.set('text', ({ model }) => words.every((w) => model.text.includes(w)));
  if (filters.verdict !== 'all') {
    const wanted = filters.verdict === 'yes';
    tests.set('verdict', ({ verdict }) => verdict.compatible === wanted);
  }
  if (filters.why.length > 0) {
    tests.set('why', ({ verdict }) => obstacles(verdict).some((c) => filters.why.includes(c)));
  }
  const most = filters.maxParameters;
  if (most !== undefined) {
    tests.set('parameters', ({ model }) => (model.metadata.parameterCount ?? Infinity) <= most);
  }
  for (const facet of FACETS) addFacet(tests, facet, filters.facets[facet]);
  return (entry) => [...tests].filter(([, passes]) => !passes(entry)).map(([name]) => name);
}

function addFacet(
  tests: Map<FilterName, (entry: Entry) => boolean>,
  facet: FacetName,
  wanted: readonly string[],
): void {
  if (wanted.length === 0) return;
  tests.set(facet, ({ model }) => model.facets[facet].some((value) => wanted.includes(value)));
}
