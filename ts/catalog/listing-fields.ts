import type { ListRouteField } from '../hub/listing-options.ts';

/** What `buildCatalog` makes rows of: the fields to list with, at no request more than the listing's own. */
export const CATALOG_FIELDS: readonly ListRouteField[] = [
  'cardData',
  'config',
  'createdAt',
  'downloads',
  'evalResults',
  'gated',
  'gguf',
  'inferenceProviderMapping',
  'lastModified',
  'library_name',
  'likes',
  'pipeline_tag',
  'safetensors',
  'siblings',
  'tags',
  'transformersInfo',
  'trendingScore',
];
