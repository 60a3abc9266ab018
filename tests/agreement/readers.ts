import type { Kit } from '../hub/python/venv.ts';

/** The libraries that own the formats. */
export const READERS: Kit = {
  folder: 'python-readers',
  requirements: new URL('./python/requirements.txt', import.meta.url),
  modules: 'gguf, safetensors, onnx',
};
