import { HubfitError } from '../core/hubfit-error.ts';

let given: WebAssembly.Module | undefined;

/**
 * Gives the wasm to the slim entry: as bytes, or as a `WebAssembly.Module` (an `object` here, so that the
 * declarations need no DOM library). Call it once, before anything else.
 */
export function initHubfit(wasm: ArrayBuffer | ArrayBufferView<ArrayBuffer> | object): void {
  const isBytes = wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm);
  given = isBytes ? new WebAssembly.Module(wasm as ArrayBuffer) : (wasm as WebAssembly.Module);
}

/** The wasm that the host gave. */
export function loadModule(): WebAssembly.Module {
  if (given) return given;
  throw new HubfitError(
    'not_initialised',
    'call initHubfit(wasm) first: hubfit/slim brings no wasm',
  );
}
