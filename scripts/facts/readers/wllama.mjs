// wllama: llama.cpp compiled to wasm; it runs what its llama.cpp runs.
import { every, textOf } from '../files.mjs';

/** The build of llama.cpp. */
const engine = (files) =>
  every(
    textOf(files, 'esm/index.js'),
    /LIBLLAMA_VERSION = ["'](b\d+|v\d+\.\d+\.\d+)/g,
    'LIBLLAMA_VERSION',
  ).map(([build]) => ['llama.cpp', build]);

export const tables = { engine };
