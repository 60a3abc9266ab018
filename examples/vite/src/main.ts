import {
  checkModelCompatibility,
  filterCompatibleModels,
  type HFModel,
  HubfitError,
  listHuggingFaceModels,
  searchCompatibleModels,
} from 'hubfit';
import sample from 'hubfit/sample.json';

const SAMPLE = sample as HFModel[];
const HUB_URL: string | undefined = import.meta.env.VITE_HUB_URL;

const form = element('form', HTMLFormElement);
const query = element('query', HTMLInputElement);
const only = element('only', HTMLInputElement);
const status = element('status', HTMLElement);
const list = element('models', HTMLElement);

for (const input of [query, only]) input.addEventListener('input', searchSample);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  void searchHub();
});
searchSample();

function searchSample(): void {
  const words = query.value.trim().toLowerCase();
  const named = SAMPLE.filter(({ id }) => id.toLowerCase().includes(words));
  show(only.checked ? filterCompatibleModels(named) : named, `of ${SAMPLE.length} in the sample`);
}

async function searchHub(): Promise<void> {
  status.textContent = 'Asking the Hub …';
  const options = { limit: 50, ...(HUB_URL && { hubUrl: HUB_URL }) };
  const search = query.value.trim();
  try {
    const models = only.checked
      ? await searchCompatibleModels(search, options)
      : await listHuggingFaceModels({ ...options, search });
    show(models, 'from the Hub');
  } catch (error) {
    if (!(error instanceof HubfitError)) throw error;
    show([], `(${error.code}: ${error.message})`);
  }
}

function show(models: HFModel[], where: string): void {
  status.textContent = `${models.length} models ${where}`;
  list.replaceChildren(...models.map(item));
}

function item(model: HFModel): HTMLElement {
  const { compatible, reasons } = checkModelCompatibility(model);
  const line = document.createElement('li');
  line.classList.toggle('fits', compatible);
  line.append(text('strong', model.id), text('small', reasons.join('; ')));
  return line;
}

function text(tag: string, words: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}

function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new Error(`the page has no ${type.name} #${id}`);
}
