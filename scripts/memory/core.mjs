// The modules of the built package, as the memory scripts ask them.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const memory = require('../../pkg-node/memory.js');
const readers = require('../../pkg-node/readers.js');
const repository = require('../../pkg-node/repository.js');

/** A model, by the header of its GGUF file. */
export function ofHeader(bytes) {
  const reader = new readers.FileReader('gguf', undefined);
  let [from, to] = reader.start();
  for (;;) {
    const { facts, need } = reader.feed(bytes.subarray(from, to));
    if (facts) {
      reader.free();
      const { geometry, weights } = facts;
      return new memory.ModelMemory(JSON.stringify({ geometry, weights: [weights] }));
    }
    [from, to] = need;
  }
}

/** A model, by the bytes of its `config.json`. */
export function ofConfig(bytes) {
  const geometry = repository.geometry_of_config(bytes);
  return new memory.ModelMemory(JSON.stringify({ geometry }));
}

/** The same with so many bytes of weights. */
export function ofConfigWith(config, bytes) {
  const geometry = repository.geometry_of_config(config);
  return new memory.ModelMemory(JSON.stringify({ geometry, bytes }));
}

/** What it takes in a runtime beside llama.cpp's family. */
export function inRuntime(model, runtime, settings) {
  return model.in_runtime(runtime, '', JSON.stringify(settings), '');
}

/** What it takes. */
export function estimate(model, options) {
  return model.estimate(JSON.stringify(options)).memory;
}
