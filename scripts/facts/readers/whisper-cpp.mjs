// whisper.cpp: its source, as the crate whisper-rs-sys carries it.
import { between, every, textOf } from '../files.mjs';

/** The release that the crate carries. */
export const version = (files) =>
  every(
    textOf(files, 'whisper.cpp/CMakeLists.txt'),
    /project\("?whisper\.cpp"? VERSION ([\d.]+)\)/g,
    'its version',
  )[0][0];

/** The sizes of model that the loader tells apart. */
function sizes(files) {
  const text = textOf(files, 'whisper.cpp/src/whisper.cpp', 'whisper.cpp/whisper.cpp');
  const table = between(text, /g_model_name\s*=\s*\{/, /\n\};/, 'g_model_name = {…}');
  const names = every(table, /"(\w+)"/g, 'names in it').flat();
  return names.filter((name) => name !== 'unknown');
}

export const tables = { sizes };
