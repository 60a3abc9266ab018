// Which keys an answer carries: sections 2.3, 2.4 and 3 of the Hub's API contract.

import { BadQuery } from './filters.ts';
import type { Repo } from './types.ts';

export const LIST_EXPAND: readonly string[] = [
  'author',
  'cardData',
  'config',
  'createdAt',
  'disabled',
  'downloads',
  'downloadsAllTime',
  'evalResults',
  'gated',
  'gguf',
  'gitalyUid',
  'inference',
  'inferenceProviderMapping',
  'lastModified',
  'library_name',
  'likes',
  'mask_token',
  'model-index',
  'pipeline_tag',
  'private',
  'resourceGroup',
  'safetensors',
  'sha',
  'siblings',
  'spaces',
  'tags',
  'transformersInfo',
  'trendingScore',
  'widgetData',
];

/** The list route refuses these three. */
export const SINGLE_EXPAND: readonly string[] = [
  ...LIST_EXPAND,
  'baseModels',
  'childrenModelCount',
  'usedStorage',
];

/** One field per parameter: a comma list is an unknown value. Undefined when nothing is asked for. */
export function expandOf(query: URLSearchParams, known: readonly string[]): string[] | undefined {
  const asked = [...query.getAll('expand'), ...query.getAll('expand[]')];
  if (asked.some((field) => !known.includes(field))) {
    const options = known.map((field) => `"${field}"`).join('|');
    throw new BadQuery(`Invalid option: expected one of ${options}`);
  }
  return asked.length > 0 ? asked : undefined;
}

export function pickFields(repo: Repo, names: Iterable<string>): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of names) {
    if (Object.hasOwn(repo.fields, name)) picked[name] = repo.fields[name];
  }
  return picked;
}
