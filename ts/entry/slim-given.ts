import { HubfitError } from '../core/hubfit-error.ts';

/** Wasm as bytes, or as a `WebAssembly.Module` (an `object` here, so that the declarations need no DOM library). */
export type GivenWasm = ArrayBuffer | ArrayBufferView<ArrayBuffer> | object;

const given: { hubfit?: GivenWasm; readers?: GivenWasm } = {};

/**
 * Gives the wasm to the slim entry. Call it once, before anything else; `readers` is needed only by functions that
 * read the headers of files.
 */
export function initHubfit(wasm: GivenWasm, readers?: GivenWasm): void {
  given.hubfit = wasm;
  if (readers) given.readers = readers;
}

/** The wasm that the host gave; asked for once. */
export function givenModule(name: 'hubfit' | 'readers'): WebAssembly.Module {
  const wasm = given[name];
  if (wasm) return compiled(wasm);
  const call = name === 'hubfit' ? 'initHubfit(wasm)' : 'initHubfit(wasm, readers)';
  throw new HubfitError('not_initialised', `call ${call} first: hubfit/slim brings no wasm`);
}

function compiled(wasm: GivenWasm): WebAssembly.Module {
  const isBytes = wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm);
  return isBytes ? new WebAssembly.Module(wasm as ArrayBuffer) : (wasm as WebAssembly.Module);
}
