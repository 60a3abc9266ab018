import type { Suggestion } from 'hubfit/catalog';
import { searchName } from './filters.ts';
import { element, make } from './make.ts';
import { newest } from './newest.ts';
import { change, current, settle } from './state.ts';
import { counted } from './words.ts';

/** Suggestions wait for a pause in the typing; answers do not. */
const PAUSE_MS = 80;

const input = element('search', HTMLInputElement);
const list = element('suggestions', HTMLElement);
let found: Suggestion[] = [];
let active = -1;
let timer: ReturnType<typeof setTimeout> | undefined;

/** A box with a list of suggestions: arrows, Enter and Escape as in every combobox. */
export function startSearchBox(suggest: (text: string) => Promise<Suggestion[]>): void {
  const ask = newest(suggest, open, close);
  input.addEventListener('input', () => {
    change({ text: input.value || undefined }, 'typing');
    clearTimeout(timer);
    if (input.value.trim()) timer = setTimeout(() => ask(input.value), PAUSE_MS);
    else close();
  });
  input.addEventListener('change', settle);
  input.addEventListener('keydown', press);
  input.addEventListener('blur', close);
  // The box keeps the focus while one clicks into the list.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
}

/** Shows the text of the state. */
export function showText(): void {
  const { text = '' } = current();
  if (input.value !== text) input.value = text;
}

function open(suggestions: Suggestion[], text: string): void {
  if (text !== input.value || document.activeElement !== input) return;
  found = suggestions;
  active = -1;
  list.replaceChildren(...found.map(item));
  list.hidden = found.length === 0;
  mark();
}

function close(): void {
  clearTimeout(timer);
  list.hidden = true;
  active = -1;
  mark();
}

function item({ kind, text, count }: Suggestion, place: number): HTMLElement {
  const about = kind === 'model' ? 'model' : `${kind}, ${counted(count)}`;
  const made = make('div', {
    class: 'suggestion',
    role: 'option',
    id: `suggestion-${place}`,
    'aria-selected': 'false',
  });
  made.append(make('span', {}, text), make('small', {}, about));
  made.addEventListener('click', () => take(place));
  return made;
}

function press(event: KeyboardEvent): void {
  if (event.isComposing) return;
  if (event.key === 'Enter') {
    if (active >= 0) take(active);
    else close();
  }
  if (list.hidden) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Escape') close();
  else if (step) active = ((active + 1 + step + found.length + 1) % (found.length + 1)) - 1;
  else return;
  event.preventDefault();
  mark();
}

function mark(): void {
  input.setAttribute('aria-expanded', String(!list.hidden));
  if (active >= 0) input.setAttribute('aria-activedescendant', `suggestion-${active}`);
  else input.removeAttribute('aria-activedescendant');
  for (const [place, child] of [...list.children].entries()) {
    child.setAttribute('aria-selected', String(place === active));
    if (place === active) child.scrollIntoView({ block: 'nearest' });
  }
}

/** Words are searched for; authors, families and tasks become filters. */
function take(place: number): void {
  const suggestion = found[place];
  close();
  if (!suggestion) return;
  const { kind, text } = suggestion;
  if (kind === 'word' || kind === 'model') change({ text });
  else searchName(kind, text);
}
