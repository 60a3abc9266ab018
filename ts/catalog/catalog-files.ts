/** A snapshot: what `buildCatalog` writes and `openCatalog` reads. Any static host serves it. */
export interface CatalogFiles {
  /** The file `catalog.json`: names all others. */
  manifest: CatalogManifest;
  /** The other files by name. */
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/** What a snapshot consists of. */
export interface CatalogManifest {
  format: 'hubfit-catalog';
  version: 1;
  /** When it was made, ISO 8601. */
  created: string;
  /** Models in all. */
  rows: number;
  /** The most popular models first: a catalog is usable when the first tier is there. */
  tiers: CatalogTier[];
}

/** A part of the models. */
export interface CatalogTier {
  rows: number;
  /** In this order. */
  files: CatalogFile[];
}

/** A file whose name holds a hash of what is in it: it never changes. */
export interface CatalogFile {
  name: string;
  /** Bytes of the file. */
  bytes: number;
}

/** The name of the manifest. */
export const MANIFEST = 'catalog.json';
