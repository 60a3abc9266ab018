import type { SortWanted } from 'hubfit/catalog';
import { element, make } from './make.ts';
import { change, current } from './state.ts';

/** What rows can be sorted by; the first is what a catalog does by itself. */
const SORTS: { words: string; sort?: SortWanted }[] = [
  { words: 'Best match' },
  { words: 'Most downloads', sort: { by: 'downloads', order: 'desc' } },
  { words: 'Most likes', sort: { by: 'likes', order: 'desc' } },
  { words: 'Trending', sort: { by: 'trending', order: 'desc' } },
  { words: 'Newest', sort: { by: 'created', order: 'desc' } },
  { words: 'Largest', sort: { by: 'parameters', order: 'desc' } },
  { words: 'Smallest', sort: { by: 'parameters', order: 'asc' } },
  { words: 'Fits best', sort: { by: 'fit' } },
];

const sort = element('sort', HTMLSelectElement);
const group = element('group', HTMLInputElement);

/** How results are arranged. */
export function startOptions(): void {
  sort.append(...SORTS.map(({ words }, place) => make('option', { value: String(place) }, words)));
  sort.addEventListener('change', () => {
    const chosen = SORTS[Number(sort.value)]?.sort;
    change({ sort: chosen && [chosen] });
  });
  group.addEventListener('change', () => change({ group: group.checked ? 'base' : undefined }));
}

/** Shows what the state says. */
export function showOptions(): void {
  const [wanted] = current().sort ?? [];
  const { by, order } = typeof wanted === 'object' ? wanted : { by: wanted, order: undefined };
  const same = SORTS.findIndex(
    ({ sort: one }) => one?.by === by && (!order || !one?.order || one.order === order),
  );
  sort.value = String(Math.max(0, same));
  group.checked = current().group === 'base';
}
