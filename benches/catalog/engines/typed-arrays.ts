// What somebody who knows their craft writes by hand: columns of numbers, a bit for each filter that fails, counts in one
// pass that leave out their own filter, filters worked out again only where they changed, orders made once.
import { type Columns, columnsOf, type NamesColumn } from '../columns.ts';
import {
  type Answer,
  type Engine,
  FACETS,
  type FacetField,
  NUMBERS,
  type NumberField,
  PAGE,
  type Peer,
  type Question,
  topOf,
} from '../engine.ts';

/** Facets have the bits of their places, numbers those after, text the last. */
const NUMBER_BIT = FACETS.length;
const TEXT_BIT = FACETS.length + NUMBERS.length;

class TypedArrays implements Engine {
  #columns: Columns = undefined as never;
  #fails: Uint16Array = undefined as never;
  /** What each bit was worked out for. */
  readonly #asked: string[] = [];
  readonly #orders = new Map<string, Uint32Array>();
  /** All ids in lower case, one after the other, and where each starts. */
  #text = '';
  #starts: Uint32Array = undefined as never;

  load(source: Parameters<Engine['load']>[0]): void {
    this.#columns = columnsOf(source);
    const { ids, count } = this.#columns;
    this.#fails = new Uint16Array(count);
    this.#text = `${ids.join('\n').toLowerCase()}\n`;
    this.#starts = new Uint32Array(count + 1);
    for (let row = 0; row < count; row += 1) {
      this.#starts[row + 1] = (this.#starts[row] ?? 0) + (ids[row]?.length ?? 0) + 1;
    }
    ids.length = 0;
  }

  query({ any = {}, between = {}, text = '', sort = 'downloads' }: Question): Answer {
    for (const [bit, field] of FACETS.entries()) this.#names(bit, field, any[field]);
    for (const [at, field] of NUMBERS.entries())
      this.#range(NUMBER_BIT + at, field, between[field]);
    this.#substring(text);
    const { total, counts } = this.#count();
    const facets = Object.fromEntries(
      FACETS.map((field, at) => [field, this.#top(this.#columns.names[field], counts[at])]),
    );
    return { total, facets, page: this.#page(sort) };
  }

  /** Sets or clears a bit of all rows, if what it stands for has changed. */
  #changed(bit: number, asked: string): boolean {
    if ((this.#asked[bit] ?? '') === asked) return false;
    this.#asked[bit] = asked;
    if (asked === '') {
      const [fails, keep] = [this.#fails, ~(1 << bit)];
      for (let row = 0; row < fails.length; row += 1) fails[row] = (fails[row] as number) & keep;
    }
    return asked !== '';
  }

  #names(bit: number, field: FacetField, wanted: readonly string[] | undefined): void {
    if (!this.#changed(bit, wanted?.join('\n') ?? '')) return;
    const { names, starts, codes } = this.#columns.names[field];
    const has = Uint8Array.from(names, (name) => (wanted?.includes(name) ? 1 : 0));
    const fails = this.#fails;
    const [set, keep] = [1 << bit, ~(1 << bit)];
    for (let row = 0, at = 0; row < fails.length; row += 1) {
      const end = starts[row + 1] as number;
      let found = 0;
      for (; at < end; at += 1) found |= has[codes[at] as number] as number;
      fails[row] = found ? (fails[row] as number) & keep : (fails[row] as number) | set;
    }
  }

  #range(bit: number, field: NumberField, wanted: readonly [number, number] | undefined): void {
    if (!this.#changed(bit, wanted?.join('\n') ?? '')) return;
    const [column, fails] = [this.#columns.numbers[field], this.#fails];
    const [min, max] = wanted ?? [0, 0];
    const [set, keep] = [1 << bit, ~(1 << bit)];
    for (let row = 0; row < fails.length; row += 1) {
      const number = column[row] as number;
      const inside = number >= min && number <= max;
      fails[row] = inside ? (fails[row] as number) & keep : (fails[row] as number) | set;
    }
  }

  #substring(wanted: string): void {
    if (!this.#changed(TEXT_BIT, wanted)) return;
    const [fails, starts, text] = [this.#fails, this.#starts, this.#text];
    const [set, keep] = [1 << TEXT_BIT, ~(1 << TEXT_BIT)];
    for (let row = 0; row < fails.length; row += 1) fails[row] = (fails[row] as number) | set;
    for (let row = 0, at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at)) {
      while ((starts[row + 1] as number) <= at) row += 1;
      fails[row] = (fails[row] as number) & keep;
      at = starts[row + 1] as number;
    }
  }

  #count(): { total: number; counts: Uint32Array[] } {
    const columns = FACETS.map((field) => this.#columns.names[field]);
    const counts = columns.map(({ names }) => new Uint32Array(names.length));
    const fails = this.#fails;
    let total = 0;
    for (let row = 0; row < fails.length; row += 1) if (fails[row] === 0) total += 1;
    for (let facet = 0; facet < columns.length; facet += 1) {
      const { starts, codes } = columns[facet] as NamesColumn;
      const [own, count] = [~(1 << facet), counts[facet] as Uint32Array];
      for (let row = 0; row < fails.length; row += 1) {
        if (((fails[row] as number) & own) !== 0) continue;
        const end = starts[row + 1] as number;
        for (let at = starts[row] as number; at < end; at += 1) {
          const code = codes[at] as number;
          count[code] = (count[code] as number) + 1;
        }
      }
    }
    return { total, counts };
  }

  #top({ names }: NamesColumn, counts: Uint32Array = new Uint32Array()): [string, number][] {
    return topOf(names.map((name, code) => [name, counts[code] ?? 0] as const));
  }

  #page(sort: NumberField): number[] {
    const column = this.#columns.numbers[sort];
    const page: number[] = [];
    for (const row of this.#order(sort)) {
      if (this.#fails[row] === 0 && page.push(column[row] as number) === PAGE) break;
    }
    return page;
  }

  #order(sort: NumberField): Uint32Array {
    const known = this.#orders.get(sort);
    if (known) return known;
    const column = this.#columns.numbers[sort];
    const order = Uint32Array.from(column.keys());
    order.sort((one, other) => (column[other] as number) - (column[one] as number));
    this.#orders.set(sort, order);
    return order;
  }

  close(): void {
    this.#orders.clear();
  }
}

export const typedArrays: Peer = {
  title: 'typed arrays by hand',
  selfExcluding: true,
  inPage: true,
  cannot: ({ kind }) => kind === 'typo',
  open: async () => new TypedArrays(),
};
