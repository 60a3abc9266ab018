import type { CatalogRow } from '../../ts/catalog/catalog-row.ts';
import {
  FACETS,
  type FacetField,
  NUMBERS,
  type NumberField,
  namesOf,
  numberOf,
  type Source,
} from './engine.ts';

/** A field's names as numbers: those of row r are `codes[starts[r]]` up to `codes[starts[r + 1]]`. */
export interface NamesColumn {
  names: string[];
  starts: Uint32Array;
  codes: Uint16Array;
}

/** Rows as columns. Numbers that are not known are NaN. */
export interface Columns {
  count: number;
  ids: string[];
  names: Record<FacetField, NamesColumn>;
  numbers: Record<NumberField, Float64Array>;
}

/** The rows of a source as columns. */
export function columnsOf({ count, rows }: Source): Columns {
  const names = FACETS.map((field) => [field, new NamesBuilder(field, count)] as const);
  const numbers = NUMBERS.map((field) => [field, new Float64Array(count)] as const);
  const ids: string[] = [];
  for (const row of rows()) {
    const at = ids.push(row.id) - 1;
    for (const [, builder] of names) builder.push(row, at);
    for (const [field, column] of numbers) column[at] = numberOf(row, field) ?? Number.NaN;
  }
  return {
    count,
    ids,
    names: Object.fromEntries(names.map(([field, one]) => [field, one.finish()])) as never,
    numbers: Object.fromEntries(numbers) as never,
  };
}

class NamesBuilder {
  readonly #field: FacetField;
  readonly #codeOf = new Map<string, number>();
  readonly #starts: Uint32Array;
  #codes = new Uint16Array(1024);
  #length = 0;

  constructor(field: FacetField, count: number) {
    this.#field = field;
    this.#starts = new Uint32Array(count + 1);
  }

  push(row: CatalogRow, at: number): void {
    for (const name of namesOf(row, this.#field)) {
      let code = this.#codeOf.get(name);
      if (code === undefined) {
        code = this.#codeOf.size;
        this.#codeOf.set(name, code);
      }
      if (this.#length === this.#codes.length) this.#grow();
      this.#codes[this.#length] = code;
      this.#length += 1;
    }
    this.#starts[at + 1] = this.#length;
  }

  #grow(): void {
    const wider = new Uint16Array(this.#codes.length * 2);
    wider.set(this.#codes);
    this.#codes = wider;
  }

  finish(): NamesColumn {
    const names = [...this.#codeOf.keys()];
    return { names, starts: this.#starts, codes: this.#codes.slice(0, this.#length) };
  }
}
