import type { NumbersFacet } from 'hubfit/catalog';
import { chosenParameters, setParameters } from './filters.ts';
import { make, replace } from './make.ts';
import { settle } from './state.ts';
import { counted, shortly } from './words.ts';

/** A range of parameters: two inputs, and a histogram whose bars one clicks or drags over. */
export class ParameterRange {
  readonly element: HTMLFieldSetElement;
  readonly #bars = make('div', { class: 'bars', 'aria-hidden': 'true' });
  readonly #min = billions('from');
  readonly #max = billions('to');
  #buckets: NumbersFacet['buckets'] = [];

  constructor() {
    const inputs = make(
      'div',
      { class: 'pair' },
      labelled('From', this.#min),
      labelled('To', this.#max),
    );
    const legend = make('legend', {}, 'Parameters, in billions');
    this.element = make('fieldset', { 'data-field': 'parameters' }, legend, this.#bars, inputs);
    for (const input of [this.#min, this.#max]) {
      input.addEventListener('input', () => this.#take());
      input.addEventListener('change', settle);
    }
    this.#drag();
  }

  /** Shows counts. */
  show({ buckets }: NumbersFacet): void {
    this.#buckets = buckets;
    const most = Math.max(1, ...buckets.map(({ count }) => count));
    const known = [...this.#bars.children];
    const bars = buckets.map((bucket, place) => {
      const bar = (known[place] as HTMLElement | undefined) ?? make('div', {}, make('i'));
      const { min = 0, max = Number.POSITIVE_INFINITY } = chosenParameters();
      bar.classList.toggle('out', bucket.to < min || bucket.from > max);
      bar.title = `${shortly(bucket.from)} to ${shortly(bucket.to)}: ${counted(bucket.count)}`;
      // Few models are seen beside many.
      bar.style.setProperty('--height', String(Math.sqrt(bucket.count / most)));
      return bar;
    });
    replace(this.#bars, bars);
    this.#fill();
  }

  /** The state's range in the inputs; one that is being typed in is left alone. */
  #fill(): void {
    const { min, max } = chosenParameters();
    for (const [input, value] of [
      [this.#min, min],
      [this.#max, max],
    ] as const) {
      if (input === document.activeElement) continue;
      input.value = value === undefined ? '' : String(Number((value / 1e9).toPrecision(3)));
    }
  }

  #take(): void {
    setParameters({ min: inParameters(this.#min), max: inParameters(this.#max) }, 'typing');
  }

  /** A click takes a bar, and a drag all from its start to its end; a click on the one that is taken takes all. */
  #drag(): void {
    let first: number | undefined;
    this.#bars.addEventListener('pointerdown', (event) => {
      first = this.#place(event);
      this.#bars.setPointerCapture(event.pointerId);
    });
    this.#bars.addEventListener('pointercancel', () => {
      first = undefined;
    });
    this.#bars.addEventListener('pointerup', (event) => {
      if (first === undefined) return;
      const ends = [first, this.#place(event)].sort((a, b) => a - b);
      const [min, max] = [this.#buckets[ends[0] ?? 0]?.from, this.#buckets[ends[1] ?? 0]?.to];
      const taken = chosenParameters();
      setParameters(taken.min === min && taken.max === max ? {} : { min, max });
      first = undefined;
    });
  }

  #place({ clientX }: PointerEvent): number {
    const { left, width } = this.#bars.getBoundingClientRect();
    const place = Math.floor(((clientX - left) / width) * this.#buckets.length);
    return Math.min(Math.max(place, 0), this.#buckets.length - 1);
  }
}

function billions(name: string): HTMLInputElement {
  return make('input', { type: 'number', name, min: '0', step: 'any', inputmode: 'decimal' });
}

function labelled(words: string, input: HTMLElement): HTMLLabelElement {
  return make('label', {}, words, input);
}

function inParameters({ valueAsNumber }: HTMLInputElement): number | undefined {
  return Number.isFinite(valueAsNumber) ? valueAsNumber * 1e9 : undefined;
}
