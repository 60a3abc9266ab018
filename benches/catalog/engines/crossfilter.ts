import crossfilter from 'crossfilter2';
import {
  type Answer,
  type Engine,
  FACETS,
  NUMBERS,
  type NumberField,
  namesOf,
  numberOf,
  PAGE,
  type Peer,
  type Question,
  SEVERAL,
  topOf,
} from '../engine.ts';

type Record_ = { names: (string | readonly string[])[]; numbers: number[] };

class Crossfilter implements Engine {
  #all = crossfilter<Record_>([]);
  #facets: {
    dimension: crossfilter.Dimension<Record_, string>;
    group: crossfilter.Group<Record_, string, number>;
  }[] = [];
  #numbers: crossfilter.Dimension<Record_, number>[] = [];
  readonly #asked: string[] = [];

  load({ rows }: Parameters<Engine['load']>[0]): void {
    const records: Record_[] = [];
    for (const row of rows()) {
      records.push({
        names: FACETS.map((field) =>
          SEVERAL.has(field) ? namesOf(row, field) : (namesOf(row, field)[0] ?? ''),
        ),
        // It cannot sort NaN.
        numbers: NUMBERS.map((field) => numberOf(row, field) ?? -1),
      });
    }
    this.#all = crossfilter(records);
    this.#facets = FACETS.map((field, at) => {
      const dimension = this.#all.dimension<string>(
        (record) => record.names[at] as string,
        SEVERAL.has(field),
      );
      return { dimension, group: dimension.group<string, number>().reduceCount() as never };
    });
    this.#numbers = NUMBERS.map((_, at) =>
      this.#all.dimension((record) => record.numbers[at] as number),
    );
  }

  query({ any = {}, between = {}, sort = 'downloads' }: Question): Answer {
    for (const [at, field] of FACETS.entries()) this.#names(at, any[field]);
    for (const [at, field] of NUMBERS.entries()) this.#range(at, between[field]);
    const facets = FACETS.map((field, at) => {
      const counts = (this.#facets[at]?.group.all() ?? []).map(
        ({ key, value }) => [key, value] as const,
      );
      return [field, topOf(counts.filter(([name]) => name !== ''))];
    });
    const key = NUMBERS.indexOf(sort as NumberField);
    const page = this.#numbers[key]?.top(PAGE).map(({ numbers }) => numbers[key] as number) ?? [];
    const total = this.#all.groupAll<number>().reduceCount().value() as number;
    return { total, facets: Object.fromEntries(facets), page };
  }

  #changed(slot: number, asked: string): boolean {
    const before = this.#asked[slot] ?? '';
    this.#asked[slot] = asked;
    return before !== asked;
  }

  #names(at: number, wanted: readonly string[] | undefined): void {
    if (!this.#changed(at, wanted?.join('\n') ?? '')) return;
    const dimension = this.#facets[at]?.dimension;
    const set = new Set(wanted);
    if (!wanted) dimension?.filterAll();
    else if (set.size === 1) dimension?.filterExact(wanted[0] ?? '');
    else dimension?.filterFunction((name) => set.has(name as string));
  }

  #range(at: number, wanted: readonly [number, number] | undefined): void {
    if (!this.#changed(FACETS.length + at, wanted?.join('\n') ?? '')) return;
    // Its upper end is left out.
    if (wanted) this.#numbers[at]?.filterRange([wanted[0], wanted[1] * (1 + 2 ** -50)]);
    else this.#numbers[at]?.filterAll();
  }

  close(): void {
    this.#all = crossfilter<Record_>([]);
    [this.#facets, this.#numbers] = [[], []];
  }
}

export const crossfilter2: Peer = {
  title: 'crossfilter2',
  library: 'crossfilter2',
  selfExcluding: true,
  inPage: true,
  cannot: ({ text }) => text !== undefined,
  open: async () => new Crossfilter(),
};
