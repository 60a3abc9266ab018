import type { NameField, NamesField, NumberField } from './catalog-query.ts';

/** Fields with one name a row, as the core has them (`src/catalog/field.rs`). */
export const NAME_FIELDS: readonly NameField[] = [
  'author',
  'family',
  'task',
  'library',
  'license',
  'licenseClass',
  'gated',
  'relation',
];

/** Fields with several names a row. */
export const NAMES_FIELDS: readonly NamesField[] = [
  'formats',
  'quantizations',
  'languages',
  'runtimes',
  'providers',
  'tags',
  'inputs',
  'outputs',
];

/** Fields with a number. */
export const NUMBER_FIELDS: readonly NumberField[] = [
  'parameters',
  'activeParameters',
  'smallestSize',
  'recommendedSize',
  'largestSize',
  'context',
  'downloads',
  'likes',
  'trending',
  'created',
  'updated',
  'score',
  'fixedMemory',
  'hostMemory',
  'tokenMemory',
];
