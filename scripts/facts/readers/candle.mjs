// candle-transformers: a library of model modules; there is no loader by name, the program picks the module.
import { every, textOf } from '../files.mjs';

const modules = (files) =>
  every(textOf(files, 'src/models/mod.rs'), /^pub mod (\w+);/gm, 'pub mod …').map(([name]) => [
    name,
    name.startsWith('quantized_') ? 'gguf' : 'safetensors',
  ]);

export const tables = { modules };
