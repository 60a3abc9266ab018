// What the package weighs, as it travels.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { transform } from 'esbuild';

/** Bytes of the wasm: raw, gzip, brotli. */
export function wasmSize(installed, name = 'hubfit') {
  const bytes = readFileSync(join(installed, `dist/${name}.wasm`));
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli(bytes) };
}

/** Brotli bytes of an entry with all that it imports at once, minified, without the wasm that it may carry. */
export async function scriptSize(installed, name) {
  const dist = join(installed, 'dist');
  const files = readdirSync(dist).filter((file) => file.endsWith('.wasm'));
  const carried = files.map((file) => readFileSync(join(dist, file)).toString('base64'));
  const source = [...withImports(dist, name)].map((file) => readFileSync(join(dist, file), 'utf8'));
  const sizes = source.map(async (text) => {
    const script = carried.reduce((rest, wasm) => rest.replace(wasm, ''), text);
    const { code } = await transform(script, { minify: true, target: 'es2022' });
    if (code.length > 200_000) throw new Error(`${name} carries a wasm that is in no file`);
    return brotli(code);
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** A script and what it imports; what it imports later is no part of it. */
function withImports(dist, name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const text = readFileSync(join(dist, name), 'utf8');
  const imports =
    /^(?:(?:import|export)\s[^"'(]*|(?:const|let|var) [\w$]+ = require\()["']\.\/([^"']+\.c?js)["']/gm;
  for (const [, file] of text.matchAll(imports)) withImports(dist, file, found);
  return found;
}

function brotli(content) {
  return brotliCompressSync(content).length;
}
