// What rows of both kinds have.
import { records } from './known.mjs';
import { KEYS } from './lib.mjs';
import { SRC } from './sources.mjs';

/** Model types whose contexts the source filled with a default, or multiplied by a rope factor. */
const DEFAULTED = new Set([
  'mamba',
  'falcon_mamba',
  'bloom',
  'falcon',
  'gpt2',
  'gpt_bigcode',
  'florence2',
  't5gemma',
  'encodec',
  'mimi',
  'internvl_chat',
  'blip-2',
  'paligemma',
  'chatglm',
  'cohere',
  'gemma3',
  'gemma4',
  'llava',
  'bitnet',
  'openvla',
  'wav2vec2-bert',
  'unknown',
]);

/** `00012`. */
export const pad = (number, width) => String(number).padStart(width, '0');

/** Whole numbers, both ends included. */
export const range = (first, last) =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);

/** The model's own context, where the source has it. */
export function contextOf(figures) {
  if (figures?.num_hidden_layers == null || DEFAULTED.has(figures.architecture)) return undefined;
  const context = figures.context_length;
  return context > 0 && context <= 262144 ? context : undefined;
}

/** Downloads, likes and day, from the source that says most; `as` is another name of the model. */
export function popularity({ llmfit, local }, id, as, sources) {
  const other = llmfit.get(as);
  const own = llmfit.get(id) ?? other;
  const listed = local.get(id) ?? local.get(as);
  const record = records[id];
  if (own?.hf_downloads > 0) sources.add(SRC.llmfit);
  else if (listed?.hf_downloads > 0) sources.add(SRC.local);
  if (!(own?.hf_likes > 0) && listed?.hf_likes > 0) sources.add(SRC.local);
  for (const from of record?.from ?? []) sources.add(from);
  return {
    downloads: some(own?.hf_downloads) ?? some(listed?.hf_downloads) ?? record?.downloads,
    likes: some(own?.hf_likes) ?? some(listed?.hf_likes) ?? record?.likes ?? some(other?.hf_likes),
    created: dated(own) ?? record?.created ?? dated(other),
  };
}

function some(count) {
  return count > 0 ? count : undefined;
}

/** A date without downloads is a placeholder. */
function dated(figures) {
  return (figures?.hf_downloads > 0 && figures.release_date) || undefined;
}

/** What is known of an object; undefined where nothing is. */
export function known(object) {
  const entries = Object.entries(object).filter(([, value]) => value);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The row with its keys in order, without those that are not known. */
export function finished(row, sources) {
  sources.add(SRC.known);
  const all = { ...row, sources: [...sources] };
  const isEmpty = (value) => value == null || (Array.isArray(value) && value.length === 0);
  const keys = KEYS.filter((key) => !isEmpty(all[key]));
  return Object.fromEntries(keys.map((key) => [key, all[key]]));
}
