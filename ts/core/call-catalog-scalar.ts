import { loadModule } from '#catalog-scalar';
import * as glue from '../../pkg-web/catalog-scalar.js';
import { connectHalves, type HalvedModule } from './connect-halves.ts';

/** Its twin for engines without 128-bit vectors. */
export const catalogCore: HalvedModule<typeof glue> = /* @__PURE__ */ connectHalves(
  glue,
  loadModule,
);

/** What loads its second half. */
export async function second(): Promise<() => WebAssembly.Module> {
  return (await import('#catalog-search-scalar')).loadModule;
}
