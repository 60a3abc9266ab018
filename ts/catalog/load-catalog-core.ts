import type { HalvedModule } from '../core/connect-halves.ts';

/** What wasm-bindgen writes for the catalog's core. */
export type CatalogGlue = typeof import('../../pkg-web/catalog.js');

/** The catalog's core, whose second half is for who searches. */
export interface CatalogCore extends HalvedModule<CatalogGlue> {
  /** What loads the second half. */
  second(): Promise<() => WebAssembly.Module>;
}

/** A module that adds two vectors: engines without 128-bit vectors refuse it. */
const PROBE: readonly number[] = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15,
  253, 98, 11,
];

/** Loads the catalog's core: with vectors where the engine has them, else its scalar twin. */
export async function loadCatalogCore(): Promise<CatalogCore> {
  const { catalogCore, second } = WebAssembly.validate(Uint8Array.from(PROBE))
    ? await import('../core/call-catalog.ts')
    : await import('../core/call-catalog-scalar.ts');
  return { ...(catalogCore as unknown as HalvedModule<CatalogGlue>), second };
}
