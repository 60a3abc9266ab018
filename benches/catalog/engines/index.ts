import type { Peer } from '../engine.ts';

/** All engines by the names of `--engines`, loaded only when they are asked for. */
export const ENGINES: Readonly<Record<string, () => Promise<Peer>>> = {
  hubfit: async () => (await import('./hubfit.ts')).same,
  'hubfit-worker': async () => (await import('./hubfit.ts')).worker,
  'typed-arrays': async () => (await import('./typed-arrays.ts')).typedArrays,
  duckdb: async () => (await import('./duckdb.ts')).duckdb,
  crossfilter: async () => (await import('./crossfilter.ts')).crossfilter2,
  sqljs: async () => (await import('./sqljs.ts')).sqljs,
  itemsjs: async () => (await import('./itemsjs.ts')).itemsjs,
  orama: async () => (await import('./orama.ts')).orama,
  minisearch: async () => (await import('./text-only.ts')).minisearch,
  ufuzzy: async () => (await import('./text-only.ts')).ufuzzy,
  pagefind: async () => (await import('./pagefind.ts')).pagefind,
};
