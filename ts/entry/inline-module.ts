import { wasmBase64 } from '../../pkg-web/hubfit-base64.js';

/** The wasm is part of the JavaScript: works wherever compiling is allowed, with no file to find. */
export function loadModule(): WebAssembly.Module {
  const binary = atob(wasmBase64);
  return new WebAssembly.Module(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)));
}
