import type { NameField, NamesField, NumberField } from '../catalog-query.ts';

/** A column of an exported table: a field of rows, and what it holds. */
export interface RowColumn {
  name: 'id' | 'base' | NameField | NamesField | NumberField;
  /** `time` is seconds since 1970. */
  holds: 'text' | 'texts' | 'count' | 'number' | 'time';
}

const HOLDS: { [N in RowColumn['name']]: RowColumn['holds'] } = {
  id: 'text',
  author: 'text',
  base: 'text',
  relation: 'text',
  family: 'text',
  task: 'text',
  library: 'text',
  license: 'text',
  licenseClass: 'text',
  gated: 'text',
  formats: 'texts',
  quantizations: 'texts',
  languages: 'texts',
  runtimes: 'texts',
  providers: 'texts',
  tags: 'texts',
  inputs: 'texts',
  outputs: 'texts',
  parameters: 'number',
  activeParameters: 'number',
  smallestSize: 'number',
  recommendedSize: 'number',
  largestSize: 'number',
  context: 'count',
  downloads: 'count',
  likes: 'count',
  trending: 'number',
  created: 'time',
  updated: 'time',
  score: 'number',
  fixedMemory: 'number',
  hostMemory: 'number',
  tokenMemory: 'number',
};

/** All columns of a table of rows, in their order. */
export const ROW_COLUMNS: readonly RowColumn[] = Object.entries(HOLDS).map(([name, holds]) => ({
  name: name as RowColumn['name'],
  holds,
}));
