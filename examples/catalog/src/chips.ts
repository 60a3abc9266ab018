import {
  chosenNames,
  chosenParameters,
  type ListField,
  setParameters,
  toggleName,
} from './filters.ts';
import { element, make } from './make.ts';
import { change, current } from './state.ts';
import { FIELD_WORDS, nameWords, shortly } from './words.ts';

const chips = element('chips', HTMLElement);
const results = element('results', HTMLElement);

/** Shows the filters in use; each can be taken away. */
export function showChips(): void {
  const fields = Object.keys(current().where ?? {});
  const made = fields.flatMap((field) => (field === 'parameters' ? range() : names(field)));
  if (fields.length > 0) made.push(button('Clear all', 'Clear all filters', clearFilters));
  chips.replaceChildren(...made);
}

/** Takes all filters away. */
export function clearFilters(): void {
  change({ where: undefined });
}

function names(field: string): HTMLElement[] {
  return chosenNames(field as ListField).map((name) => {
    const words = `${FIELD_WORDS[field] ?? field}: ${nameWords(field, name)}`;
    return button(`${words} ×`, `Remove ${words}`, () =>
      toggleName(field as ListField, name, false),
    );
  });
}

function range(): HTMLElement[] {
  const { min, max } = chosenParameters();
  const ends = [
    min !== undefined && `from ${shortly(min)}`,
    max !== undefined && `to ${shortly(max)}`,
  ];
  const words = `Parameters ${ends.filter(Boolean).join(' ')}`;
  return [button(`${words} ×`, `Remove ${words}`, () => setParameters({}))];
}

function button(words: string, label: string, act: () => void): HTMLElement {
  const made = make('button', { type: 'button', class: 'chip', 'aria-label': label }, words);
  made.addEventListener('click', () => {
    act();
    // The button is gone; whoever uses a keyboard goes on from here.
    results.focus({ preventScroll: true });
  });
  return made;
}
