/** Compiles wasm that is part of the JavaScript. */
export function compileBase64(base64: string): WebAssembly.Module {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  // Not Uint8Array.from with a function: that takes eight times as long.
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return new WebAssembly.Module(bytes);
}
