import type { CatalogAnswer, CatalogHit } from 'hubfit/catalog';
import { clearFilters } from './chips.ts';
import { element, make } from './make.ts';
import { modelRow } from './model-row.ts';
import { change, current } from './state.ts';
import { counted } from './words.ts';

const status = element('status', HTMLElement);
const meant = element('meant', HTMLElement);
const models = element('models', HTMLOListElement);
const empty = element('empty', HTMLElement);
const more = element('more', HTMLButtonElement);

let next: string | undefined;

/** "More" goes on where the last page ended. */
export function startResults(ask: (after: string) => void): void {
  more.addEventListener('click', () => {
    if (next) ask(next);
  });
}

/** Shows an answer in place of the one before. */
export function showAnswer(answer: CatalogAnswer, size: number): void {
  const { total, rows, correction, partial } = answer;
  const kind = current().group ? 'base models among' : 'of';
  status.textContent = `${counted(total)} ${kind} ${counted(size)} models${partial ? ' so far' : ''}`;
  models.replaceChildren(...rows.map(modelRow));
  showMeant(correction);
  empty.hidden = total > 0;
  if (total === 0) empty.replaceChildren(...whatNow());
  showNext(answer);
}

/** Adds a further page. */
export function addPage(answer: CatalogAnswer): void {
  const rows: HTMLElement[] = answer.rows.map((row: CatalogHit) => modelRow(row));
  models.append(...rows);
  showNext(answer);
  // Whoever uses a keyboard goes on with the first that is new.
  rows[0]?.querySelector('a')?.focus();
}

function showNext(answer: CatalogAnswer): void {
  next = answer.next;
  more.hidden = next === undefined;
}

function showMeant(correction: string | undefined): void {
  meant.hidden = correction === undefined;
  if (correction === undefined) return;
  meant.replaceChildren(
    'Did you mean ',
    button(correction, () => change({ text: correction })),
    '?',
  );
}

function whatNow(): HTMLElement[] {
  const { text, where = {} } = current();
  const made = [make('p', {}, 'No model is like this.')];
  if (Object.keys(where).length > 0)
    made.push(make('p', {}, button('Clear all filters', clearFilters)));
  if (text)
    made.push(
      make(
        'p',
        {},
        button('Clear the search', () => change({ text: undefined })),
      ),
    );
  return made;
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = make('button', { type: 'button', class: 'plain' }, words);
  made.addEventListener('click', act);
  return made;
}
