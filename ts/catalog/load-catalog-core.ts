import type { ConnectedModule } from '../core/connect-module.ts';

/** What wasm-bindgen writes for the catalog's core. */
export type CatalogGlue = typeof import('../../pkg-web/catalog.js');

/** A module that adds two vectors: engines without 128-bit vectors refuse it. */
const PROBE: readonly number[] = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
];

/** Loads the catalog's core: with vectors where the engine has them, else its scalar twin. */
export async function loadCatalogCore(): Promise<ConnectedModule<CatalogGlue>> {
  if (WebAssembly.validate(Uint8Array.from(PROBE))) {
    return (await import('../core/call-catalog.ts')).catalogCore;
  }
  const { catalogCore } = await import('../core/call-catalog-scalar.ts');
  return catalogCore as unknown as ConnectedModule<CatalogGlue>;
}
