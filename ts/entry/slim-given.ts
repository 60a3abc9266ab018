import { HubfitError } from '../core/hubfit-error.ts';

/** Wasm as bytes, or as a `WebAssembly.Module` (an `object` here, so that the declarations need no DOM library). */
export type GivenWasm = ArrayBuffer | ArrayBufferView<ArrayBuffer> | object;

/** The modules that only some functions need. */
export interface MoreWasm {
  /** For `listRuntimes`, `runtimeSupport`, `loadFacts`: `hubfit/facts.wasm`. */
  facts?: GivenWasm;
  /** For `estimateMemory`, `planModel`: `hubfit/memory.wasm`. */
  memory?: GivenWasm;
  /** For `checkModelCompatibility` against a runtime, with `facts`: `hubfit/verdict.wasm`. */
  verdict?: GivenWasm;
  /** For GGUF and safetensors files: `hubfit/readers.wasm`. */
  readers?: GivenWasm;
  /** For ONNX, TFLite, Core ML, OpenVINO, PyTorch, NumPy and Keras files: `hubfit/more-readers.wasm`. */
  moreReaders?: GivenWasm;
  /** For whole models (`inspectModel`): `hubfit/repository.wasm`. */
  repository?: GivenWasm;
  /** For `openCatalog`: `hubfit/catalog.wasm`. */
  catalog?: GivenWasm;
  /** For searching in it, suggestions, likeness and the like: `hubfit/catalog-search.wasm`. */
  catalogSearch?: GivenWasm;
  /** `catalog` for engines without 128-bit vectors: `hubfit/catalog-scalar.wasm`. */
  catalogScalar?: GivenWasm;
  /** `catalogSearch` for those: `hubfit/catalog-search-scalar.wasm`. */
  catalogSearchScalar?: GivenWasm;
  /** For `buildCatalog`: `hubfit/catalog-build.wasm`. */
  catalogBuild?: GivenWasm;
}

const given: { hubfit?: GivenWasm } & MoreWasm = {};

/** Gives the wasm to the slim entry. Call it once, before anything else. */
export function initHubfit(wasm: GivenWasm, more: MoreWasm = {}): void {
  Object.assign(given, { hubfit: wasm }, more);
}

/** The wasm that the host gave; asked for once. */
export function givenModule(name: 'hubfit' | keyof MoreWasm): WebAssembly.Module {
  const wasm = given[name];
  if (wasm) return compiled(wasm);
  const call = name === 'hubfit' ? 'initHubfit(wasm)' : `initHubfit(wasm, { ${name} })`;
  throw new HubfitError('not_initialised', `call ${call} first: hubfit/slim brings no wasm`);
}

function compiled(wasm: GivenWasm): WebAssembly.Module {
  const isBytes = wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm);
  return isBytes ? new WebAssembly.Module(wasm as ArrayBuffer) : (wasm as WebAssembly.Module);
}
