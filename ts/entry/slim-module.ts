import { HubfitError } from '../core/hubfit-error.ts';

let given: WebAssembly.Module | undefined;

/** Gives the wasm to the slim entry: compiled, or as bytes. Call it once, before anything else. */
export function initHubfit(wasm: WebAssembly.Module | BufferSource): void {
  given = wasm instanceof WebAssembly.Module ? wasm : new WebAssembly.Module(wasm);
}

/** The wasm that the host gave. */
export function loadModule(): WebAssembly.Module {
  if (given) return given;
  throw new HubfitError(
    'not_initialised',
    'call initHubfit(wasm) first: hubfit/slim brings no wasm',
  );
}
