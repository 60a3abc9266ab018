// What the package weighs, as it travels.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { transform } from 'esbuild';

/** Bytes of the wasm: raw, gzip, brotli. */
export function wasmSize(installed, name = 'hubfit') {
  const bytes = readFileSync(join(installed, `dist/${name}.wasm`));
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli(bytes) };
}

/** Brotli bytes of an entry, minified, without the wasm that it may carry. */
export async function scriptSize(installed, name) {
  const wasm = readFileSync(join(installed, 'dist/hubfit.wasm')).toString('base64');
  const source = readFileSync(join(installed, 'dist', name), 'utf8').replace(wasm, '');
  const { code } = await transform(source, { minify: true, target: 'es2022' });
  if (code.length > 200_000) throw new Error(`${name} carries a wasm that is not hubfit.wasm`);
  return brotli(code);
}

function brotli(content) {
  return brotliCompressSync(content).length;
}
