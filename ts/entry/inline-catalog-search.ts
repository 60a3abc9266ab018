import { wasmBase64 } from '../../pkg-web/catalog-search-base64.js';
import { compileBase64 } from './compile-base64.ts';

/** The wasm is part of the JavaScript: works wherever compiling is allowed, with no file to find. */
export function loadModule(): WebAssembly.Module {
  return compileBase64(wasmBase64);
}
