import wasmModule from '../../pkg-web/catalog-search-scalar_bg.wasm';

/** Cloudflare's workerd forbids compiling bytes: the module is imported, compiled at upload. */
export function loadModule(): WebAssembly.Module {
  return wasmModule;
}
