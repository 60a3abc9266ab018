import { givenModule } from './slim-given.ts';

/** The wasm that the host gave. */
export function loadModule(): WebAssembly.Module {
  return givenModule('catalogSearch');
}
