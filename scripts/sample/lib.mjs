// What building and checking the sample share.
import { join } from 'node:path';
import { root } from '../lib/run.mjs';

/** The committed sample. */
export const SAMPLE = join(root, 'facts/sample/models.json');

/** The keys of a row, in order. */
export const KEYS = [
  'id',
  'task',
  'library',
  'license',
  'gated',
  'created',
  'downloads',
  'likes',
  'baseModel',
  'languages',
  'tags',
  'config',
  'safetensors',
  'gguf',
  'files',
  'sources',
];

/** The counts in `config`, in order. */
export const GEOMETRY = [
  'num_hidden_layers',
  'hidden_size',
  'num_attention_heads',
  'num_key_value_heads',
  'head_dim',
  'vocab_size',
];

/** The day that the Hub gives to all that is older. */
export const FLOOR = '2022-03-02';

/** A whole number, 0 or more. */
export const isCount = (value) => Number.isSafeInteger(value) && value >= 0;

/** A whole number, 1 or more. */
export const isPositive = (value) => isCount(value) && value > 0;

/** The order of rows: by downloads, most first, then by id. */
export const byDownloads = (one, other) =>
  (other.downloads ?? 0) - (one.downloads ?? 0) || (one.id < other.id ? -1 : 1);
