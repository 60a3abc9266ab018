export type { AtMost, Catalog, SyncCatalog } from './catalog/catalog.ts';
export type {
  CatalogAnswer,
  CatalogFacet,
  CatalogHit,
  CatalogMatrix,
  CatalogPipeline,
  FacetValue,
  NamesFacet,
  NumbersFacet,
  PipelineStep,
  SimilarModel,
  Suggestion,
  TrendingTag,
} from './catalog/catalog-answer.ts';
export type {
  CatalogFile,
  CatalogFiles,
  CatalogManifest,
  CatalogTier,
} from './catalog/catalog-files.ts';
export type {
  CatalogQuery,
  FacetWanted,
  FitBudget,
  FitClass,
  NameField,
  NamesField,
  NamesWanted,
  NumberField,
  PageWanted,
  RangeWanted,
  SortWanted,
  Where,
} from './catalog/catalog-query.ts';
export type { CatalogRow } from './catalog/catalog-row.ts';
export { decodeCatalogQuery } from './catalog/decode-catalog-query.ts';
export { encodeCatalogQuery } from './catalog/encode-catalog-query.ts';
export {
  type CatalogProgress,
  type OpenCatalogOptions,
  openCatalog,
} from './catalog/open-catalog.ts';
export type { CatalogSource } from './catalog/snapshot-source.ts';
export { type ErrorCode, HubfitError } from './core/hubfit-error.ts';
export type { FetchFileOptions } from './io/fetch-file.ts';
