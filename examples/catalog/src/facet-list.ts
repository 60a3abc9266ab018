import type { FacetValue, FacetWanted, NamesFacet } from 'hubfit/catalog';
import { chosenNames, type ListField, toggleName } from './filters.ts';
import { make, replace } from './make.ts';
import { counted, FIELD_WORDS, nameWords } from './words.ts';

/** Names that are shown first, and after "more". */
const [FEW, MANY] = [6, 100];

/** These are always shown, in this order. */
const FIXED: Partial<Record<ListField, readonly string[]>> = {
  fit: ['full', 'partial', 'no', 'unknown'],
};

/** One facet: checkboxes with counts. */
export class FacetList {
  readonly element: HTMLFieldSetElement;
  readonly #field: ListField;
  readonly #list = make('div', { class: 'values' });
  readonly #more = make('button', { type: 'button', class: 'plain' });
  readonly #rows = new Map<string, HTMLLabelElement>();
  #top = FEW;

  constructor(field: ListField, ask: () => void) {
    this.#field = field;
    const legend = make('legend', {}, FIELD_WORDS[field] ?? field);
    this.element = make('fieldset', { 'data-field': field }, legend, this.#list, this.#more);
    this.#more.addEventListener('click', () => {
      this.#top = this.#top === FEW ? MANY : FEW;
      ask();
    });
  }

  /** What the query is to count. */
  get wanted(): FacetWanted {
    return { field: this.#field, top: this.#top };
  }

  /** Shows counts. */
  show({ values, more }: NamesFacet): void {
    replace(
      this.#list,
      this.#complete(values).map((value) => this.#row(value)),
    );
    this.#more.hidden = more === 0 && this.#top === FEW;
    this.#more.textContent = this.#top === FEW ? `${counted(more)} more` : 'fewer';
  }

  /** What is ticked stays in the list, whatever it counts. */
  #complete(values: FacetValue[]): FacetValue[] {
    const fixed = FIXED[this.#field];
    const found = (name: string): FacetValue =>
      values.find((value) => value.name === name) ?? { name, count: 0 };
    if (fixed) return fixed.map(found);
    const names = values.map(({ name }) => name);
    const missing = chosenNames(this.#field).filter((name) => !names.includes(name));
    return [...values, ...missing.map(found)];
  }

  #row({ name, count }: FacetValue): HTMLLabelElement {
    const row = this.#rows.get(name) ?? this.#make(name);
    const [box, , number] = row.children;
    if (box instanceof HTMLInputElement) box.checked = chosenNames(this.#field).includes(name);
    if (number) number.textContent = counted(count);
    row.classList.toggle('none', count === 0);
    return row;
  }

  #make(name: string): HTMLLabelElement {
    const box = make('input', { type: 'checkbox', value: name });
    box.addEventListener('change', () => toggleName(this.#field, name, box.checked));
    const words = make('span', { class: 'name' }, nameWords(this.#field, name));
    const row = make('label', {}, box, words, make('span', { class: 'count' }));
    this.#rows.set(name, row);
    return row;
  }
}
