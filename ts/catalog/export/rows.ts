import type { CatalogRow } from '../catalog-row.ts';

/** Rows, as they come. */
export type Rows = AsyncIterable<CatalogRow> | Iterable<CatalogRow>;
