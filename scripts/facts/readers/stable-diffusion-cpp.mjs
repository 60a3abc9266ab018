// stable-diffusion.cpp: its source, as the crate diffusion-rs-sys carries it.
import { between, every, textOf } from '../files.mjs';

/** The kinds of model that it tells apart. */
function models(files) {
  const text = textOf(files, 'stable-diffusion.cpp/src/model.h', 'stable-diffusion.cpp/model.h');
  const body = between(text, /enum SDVersion\s*\{/, /\}/, 'enum SDVersion');
  const names = every(body, /^\s*VERSION_(\w+)/gm, 'kinds in it').flat();
  return names.filter((name) => name !== 'COUNT').map((name) => name.toLowerCase());
}

export const tables = { models };
