// What each entry must do in Node, however it is loaded.
const assert = require('node:assert/strict');

/** Counts modules compiled from now on, and remembers the globals. */
function watch() {
  const compiled = { count: 0 };
  const { Module } = WebAssembly;
  WebAssembly.Module = class extends Module {
    constructor(...bytes) {
      super(...bytes);
      compiled.count += 1;
    }
  };
  for (const name of ['compile', 'instantiate']) {
    WebAssembly[name] = () => assert.fail(`WebAssembly.${name} was called`);
  }
  const globals = Object.getOwnPropertyNames(globalThis);
  return {
    compiled: () => compiled.count,
    globals: () => Object.getOwnPropertyNames(globalThis).filter((name) => !globals.includes(name)),
  };
}

/** Loading must do nothing that anybody can see. */
function assertQuiet(watched) {
  assert.equal(watched.compiled(), 0, 'modules compiled by loading');
  assert.deepEqual(watched.globals(), [], 'globals made by loading');
}

/** Uses the package and gives what was found. */
function use(hubfit, sample) {
  const model = sample.find(({ id }) => id === 'Qwen/Qwen2.5-7B-Instruct');
  return {
    verdict: hubfit.checkModelCompatibility(model).compatible,
    architecture: hubfit.extractModelMetadata(model).architecture,
    total: sample.length,
    compatible: hubfit.filterCompatibleModels(sample).length,
    code: codeOf(hubfit, () => hubfit.checkModelCompatibility(42)),
  };
}

/** Reads the header of a file: the readers are a module of their own. */
async function read(hubfit) {
  const header = Buffer.from('{"w":{"dtype":"BF16","shape":[2,3],"data_offsets":[0,12]}}');
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = new Uint8Array(Buffer.concat([length, header, Buffer.alloc(12)]));
  return (await hubfit.inspectFile(file)).elementCount;
}

/** The code of the `HubfitError` that a call throws. */
function codeOf(hubfit, call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof hubfit.HubfitError, `a HubfitError, not ${error}`);
    return error.code;
  }
  return undefined;
}

/** Slim has no wasm until it is given some. */
function initSlim(hubfit, ...modules) {
  const early = codeOf(hubfit, () => hubfit.referenceWorker());
  assert.equal(early, 'not_initialised', 'the code before initHubfit');
  hubfit.initHubfit(...modules);
}

module.exports = { watch, assertQuiet, use, read, initSlim };
