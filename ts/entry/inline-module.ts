import { wasmBase64 } from '../../pkg-web/hubfit-base64.js';

/** The wasm is part of the JavaScript: works wherever compiling is allowed, with no file to find. */
export function loadModule(): WebAssembly.Module {
  const binary = atob(wasmBase64);
  const bytes = new Uint8Array(binary.length);
  // Not Uint8Array.from with a function: that takes eight times as long.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return new WebAssembly.Module(bytes);
}
