import { readFileSync } from 'node:fs';

/** Reads the file beside this one: the fastest start, for servers and tools that are not bundled. */
export function loadModule(): WebAssembly.Module {
  return new WebAssembly.Module(
    readFileSync(new URL('./catalog-search-scalar.wasm', import.meta.url)),
  );
}
