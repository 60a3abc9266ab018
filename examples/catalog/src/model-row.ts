import type { CatalogHit } from 'hubfit/catalog';
import { make } from './make.ts';
import { counted, FIT_WORDS, inBytes, inTokens, shortly } from './words.ts';

/** A model that was found. */
export function modelRow(hit: CatalogHit): HTMLLIElement {
  const link = make('a', { href: `https://huggingface.co/${hit.id}` }, ...marked(hit));
  const head = make('div', { class: 'head' }, make('h2', {}, link), badge(hit));
  return make('li', {}, head, facts(hit), ...family(hit));
}

/** The id, with the words that were searched for. */
function marked({ id, highlights = [] }: CatalogHit): (Node | string)[] {
  let end = 0;
  const parts = highlights.flatMap(([from, to]) => {
    const before = id.slice(end, from);
    end = to;
    return [before, make('mark', {}, id.slice(from, to))];
  });
  return [...parts, id.slice(end)];
}

function badge({ fit = 'unknown', need }: CatalogHit): HTMLElement {
  const words = FIT_WORDS[fit];
  const bytes = need === undefined ? '' : ` · needs ${inBytes(need)}`;
  return make('span', { class: `badge ${fit}` }, `${words}${bytes}`);
}

function facts(hit: CatalogHit): HTMLElement {
  const { task, parameters, recommendedSize: size = hit.smallestSize, context, downloads } = hit;
  const pairs: [string, string | undefined][] = [
    ['Task', task],
    ['Parameters', known(parameters, shortly)],
    ['Size', known(size, inBytes)],
    ['Context', known(context, inTokens)],
    ['Downloads', known(downloads, shortly)],
    ['Licence', hit.license],
  ];
  const shown = pairs.filter((pair): pair is [string, string] => Boolean(pair[1]));
  const made = shown.map(([name, value]) =>
    make('div', {}, make('dt', {}, name), make('dd', {}, value)),
  );
  return make('dl', { class: 'facts' }, ...made);
}

function known(value: number | undefined, words: (value: number) => string): string | undefined {
  return value === undefined ? undefined : words(value);
}

/** The group that a model stands for. */
function family({ id, members = 1, best = id }: CatalogHit): HTMLElement[] {
  const parts: (Node | string)[] = [];
  if (members > 1) parts.push(`${counted(members)} models of this base. `);
  if (best !== id) {
    const link = make('a', { href: `https://huggingface.co/${best}` }, best);
    parts.push('The largest that fits: ', link);
  }
  return parts.length > 0 ? [make('p', { class: 'family' }, ...parts)] : [];
}
