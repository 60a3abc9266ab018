import { loadModule } from '#catalog';
import * as glue from '../../pkg-web/catalog.js';
import { connectHalves, type HalvedModule } from './connect-halves.ts';

/** The catalog's core with 128-bit vectors. */
export const catalogCore: HalvedModule<typeof glue> = /* @__PURE__ */ connectHalves(
  glue,
  loadModule,
);

/** What loads its second half. */
export async function second(): Promise<() => WebAssembly.Module> {
  return (await import('#catalog-search')).loadModule;
}
