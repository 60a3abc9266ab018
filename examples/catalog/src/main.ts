import type { Catalog, CatalogAnswer, CatalogQuery } from 'hubfit/catalog';
import { openSnapshot, reason, showNotice } from './arrival.ts';
import { showChips } from './chips.ts';
import { FacetList } from './facet-list.ts';
import { showHardware, startHardware } from './hardware.ts';
import { element } from './make.ts';
import { newest } from './newest.ts';
import { showOptions, startOptions } from './options.ts';
import { ParameterRange } from './parameter-range.ts';
import { addPage, showAnswer, startResults } from './result-list.ts';
import { showText, startSearchBox } from './search-box.ts';
import { current, onChange, readAddress } from './state.ts';

const ROWS = 20;

let catalog: Catalog | undefined;

/** Rows to show, which "more" adds to. */
let rows = ROWS;

const facets = (
  ['fit', 'task', 'family', 'licenseClass', 'formats', 'quantizations', 'runtimes'] as const
).map((field) => new FacetList(field, ask));
const range = new ParameterRange();
const query = newest(answered, show, fail);

place();
startHardware();
startOptions();
startSearchBox(async (text) => (await catalog?.suggest(text, { limit: 8 })) ?? []);
startResults((after) => query(question(after)));
onChange(() => {
  showNotice(undefined);
  update();
});
addEventListener('popstate', readLink);
readLink();
catalog = await openSnapshot(ask);
ask();

function readLink(): void {
  const wrong = readAddress();
  showNotice(wrong && `A part of this link could not be read, so it shows all models. (${wrong})`);
  update();
}

function update(): void {
  rows = ROWS;
  showText();
  showHardware();
  showOptions();
  showChips();
  ask();
}

function ask(): void {
  if (catalog) query(question());
}

function question(after?: string): CatalogQuery {
  const wanted = [...facets.map((facet) => facet.wanted), { field: 'parameters' as const }];
  const page = after ? { limit: ROWS, after } : { limit: rows };
  return { ...current(), facets: after ? [] : wanted, page };
}

async function answered(asked: CatalogQuery): Promise<CatalogAnswer> {
  if (!catalog) throw new Error('the catalog is not open');
  return catalog.query(asked);
}

function show(answer: CatalogAnswer, { page }: CatalogQuery): void {
  if (page?.after) {
    rows += ROWS;
    addPage(answer);
    return;
  }
  showAnswer(answer, catalog?.size ?? 0);
  for (const counts of answer.facets) {
    if ('buckets' in counts) range.show(counts);
    else facets.find(({ wanted }) => wanted.field === counts.field)?.show(counts);
  }
}

function fail(error: unknown): void {
  showNotice(`This cannot be answered: ${reason(error)}`);
}

/** How a model fits stands beside the hardware. On narrow screens the models come first. */
function place(): void {
  const [fit, ...others] = facets.map((facet) => facet.element);
  if (fit) element('hardware', HTMLElement).append(fit);
  element('facets', HTMLElement).append(...others.slice(0, 1), range.element, ...others.slice(1));
  const filters = element('filters', HTMLDetailsElement);
  filters.open = matchMedia('(min-width: 50rem)').matches;
}
