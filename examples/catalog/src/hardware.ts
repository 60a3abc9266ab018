import { type Machine, machineGroups, machineNamed, machineOf } from './machines.ts';
import { element, make } from './make.ts';
import { change, current, type Gesture, settle } from './state.ts';
import { inBytes, inTokens } from './words.ts';

/** The sliders go from nothing over 1 GB to 1,024 GB, each fifth of the way from there four times as much. */
const STEPS_A_DOUBLING = 20;

const CONTEXTS = [2048, 4096, 8192, 16_384, 32_768, 65_536, 131_072];

/** What a cache of a type takes, as a share of one of 16 bits. */
const CACHES = [
  { name: 'f16', factor: 1 },
  { name: 'q8_0', factor: 0.53 },
  { name: 'q4_0', factor: 0.28 },
];

const machine = element('machine', HTMLSelectElement);
const context = element('context', HTMLSelectElement);
const cache = element('cache', HTMLSelectElement);
const sliders = (['gpu', 'ram'] as const).map((name) => ({
  name,
  input: element(name, HTMLInputElement),
  words: element(`${name}-words`, HTMLOutputElement),
}));

/** Fills the selects and listens. */
export function startHardware(): void {
  const own = make('option', { value: '' }, 'As the sliders say');
  machine.append(...machineGroups.map(({ label, machines }) => group(label, machines)), own);
  context.append(...CONTEXTS.map((tokens) => option(tokens, `${inTokens(tokens)} tokens`)));
  cache.append(...CACHES.map(({ name, factor }) => option(factor, name)));
  machine.addEventListener('change', () => {
    const found = machineNamed(machine.value);
    if (found) budget({ gpu: found.gpu, ram: found.ram });
  });
  context.addEventListener('change', () => budget({ context: Number(context.value) }));
  cache.addEventListener('change', () => budget({ cacheFactor: Number(cache.value) }));
  for (const { name, input } of sliders) {
    input.addEventListener('input', () =>
      budget({ [name]: bytesAt(input.valueAsNumber) }, 'dragging'),
    );
    input.addEventListener('change', settle);
  }
}

/** Shows what the state says. */
export function showHardware(): void {
  const { fit } = current();
  machine.value = machineOf(fit)?.name ?? '';
  choose(context, fit.context ?? 4096, (tokens) => `${inTokens(tokens)} tokens`);
  choose(cache, fit.cacheFactor ?? 1, (factor) => `${factor} of f16`);
  for (const { name, input, words } of sliders) {
    const bytes = fit[name] ?? 0;
    input.value = String(placeOf(bytes));
    words.textContent = inBytes(bytes);
    input.setAttribute('aria-valuetext', inBytes(bytes));
  }
}

function budget(part: object, by?: Gesture): void {
  change({ fit: { ...current().fit, ...part } }, by);
}

/** A link may have a value that the list has not. */
function choose(select: HTMLSelectElement, value: number, words: (value: number) => string): void {
  const known = [...select.options].some((one) => one.value === String(value));
  if (!known) select.append(option(value, words(value)));
  select.value = String(value);
}

function bytesAt(place: number): number {
  return place === 0 ? 0 : Math.round(2 ** (place / STEPS_A_DOUBLING) * 10) * 1e8;
}

function placeOf(bytes: number): number {
  return bytes < 1e8 ? 0 : Math.max(1, Math.round(Math.log2(bytes / 1e9) * STEPS_A_DOUBLING));
}

function group(label: string, machines: Machine[]): HTMLOptGroupElement {
  return make('optgroup', { label }, ...machines.map(({ name }) => option(name, name)));
}

function option(value: number | string, words: string): HTMLOptionElement {
  return make('option', { value: String(value) }, words);
}
