// What a model's tags and its card say, in the words of the catalog.
import type { HFModel } from '../hub/hf-model.ts';
import type { CatalogRow } from './catalog-row.ts';

/** What a card says, as its author wrote it. */
interface Card {
  license?: unknown;
  language?: unknown;
}

/** The relations that the Hub writes into tags: `base_model:quantized:org/name`. */
const RELATIONS: ReadonlySet<string> = new Set(['quantized', 'finetune', 'adapter', 'merge']);

/** The base model and how the model came from it; the first where a merge has several. */
export function baseOf({ tags = [] }: HFModel): Pick<CatalogRow, 'base' | 'relation'> {
  const links = tags.filter((tag) => tag.startsWith('base_model:')).map((tag) => tag.slice(11));
  for (const link of links) {
    const [relation = '', base] = split(link);
    if (base && RELATIONS.has(relation)) return { base, relation };
  }
  return links[0] ? { base: links[0] } : {};
}

function split(link: string): [string, string?] {
  const colon = link.indexOf(':');
  return colon < 0 ? [''] : [link.slice(0, colon), link.slice(colon + 1)];
}

/** The licence's id. */
export function licenseOf({ cardData, tags = [] }: HFModel): string | undefined {
  const stated = (cardData as Card | undefined)?.license;
  if (typeof stated === 'string' && stated) return stated;
  return tags.find((tag) => tag.startsWith('license:'))?.slice(8);
}

/** Codes of ISO 639-1 and -3, as model cards have them, and the Hub's two words beside them. */
const LANGUAGE = /^(?:[a-z]{2,3}(?:-[A-Za-z]{2,4})?|code|multilingual)$/;

/** Languages, from the card where there is one. */
export function languagesOf({ cardData, tags = [] }: HFModel): string[] {
  const stated = [(cardData as Card | undefined)?.language]
    .flat()
    .filter((name) => typeof name === 'string');
  if (stated.length > 0) return unique(stated.filter((name) => LANGUAGE.test(name)));
  // Without the card only two letters are certain to be a language: `moe` and `gpt` are tags too.
  return unique(tags.filter((tag) => /^[a-z]{2}$/.test(tag)));
}

/** Inference providers that serve the model: a list, or in older answers an object by provider. */
export function providersOf({ inferenceProviderMapping: mapping }: HFModel): string[] {
  if (typeof mapping !== 'object' || mapping === null) return [];
  const entries: [string, unknown][] = Array.isArray(mapping)
    ? mapping.map((entry) => [String(entry?.provider ?? ''), entry])
    : Object.entries(mapping);
  const live = entries.filter(([name, entry]) => name && (entry as Mapping)?.status !== 'error');
  return unique(live.map(([name]) => name));
}

interface Mapping {
  status?: string;
}

/** Tags that say nothing of a model which another field does not, or that the Hub adds to most. */
const EMPTY: ReadonlySet<string> = new Set([
  'autotrain_compatible',
  'endpoints_compatible',
  'has_space',
  'text-generation-inference',
  'text-embeddings-inference',
]);

/** Formats and libraries stand among tags too. */
const FORMATS: ReadonlySet<string> = new Set([
  'gguf',
  'safetensors',
  'onnx',
  'pytorch',
  'tf',
  'jax',
  'tflite',
  'coreml',
  'openvino',
]);

/** As many as anybody reads. */
const MOST_TAGS = 32;

/** Tags beside those that other fields say; `kind:value` ones are the Hub's own. */
export function otherTags({ tags = [], library_name, pipeline_tag }: HFModel): string[] {
  const said = new Set([library_name, pipeline_tag]);
  const own = tags.filter(
    (tag) =>
      tag.length <= 64 &&
      !tag.includes(':') &&
      !EMPTY.has(tag) &&
      !FORMATS.has(tag) &&
      !said.has(tag) &&
      !/^[a-z]{2}$/.test(tag),
  );
  return unique(own).slice(0, MOST_TAGS);
}

/** The mean of evaluation results that are percentages; nothing where there are none. */
export function scoreOf({ evalResults = [] }: HFModel): number | undefined {
  const values = evalResults
    .map((result) => (result as { value?: unknown } | null)?.value)
    .filter((value): value is number => typeof value === 'number' && value >= 0 && value <= 100);
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
