// What the package weighs, as it travels.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

/** Bytes of the wasm: raw, gzip, brotli. */
export function wasmSize(installed, name = 'hubfit') {
  const bytes = readFileSync(join(installed, `dist/${name}.wasm`));
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli(bytes) };
}

/** Brotli bytes of a file. */
export function brotliSize(path) {
  return brotli(readFileSync(path));
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

/** What a page's bundle holds at once that imports these functions: modules of wasm, and brotli bytes of script. */
export async function pageSize(installed, names) {
  const contents = `import { ${names.join(', ')} } from 'hubfit'; globalThis.used = [${names.join(', ')}];`;
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: join(installed, '../..') },
    ...{ bundle: true, splitting: true, minify: true, format: 'esm', platform: 'browser' },
    ...{ write: false, outdir: 'page', metafile: true, target: 'es2022' },
  });
  const texts = atOnce(metafile.outputs).map(
    (path) => outputFiles.find((file) => file.path.endsWith(path))?.text ?? '',
  );
  const wasm = readdirSync(join(installed, 'dist')).filter((file) => file.endsWith('.wasm'));
  const carried = wasm.map((file) => [file, readFileSync(join(installed, 'dist', file), 'base64')]);
  const held = carried.filter(([, text]) => texts.some((script) => script.includes(text)));
  const scripts = texts.map((text) => held.reduce((rest, [, one]) => rest.replace(one, ''), text));
  return {
    wasm: held.map(([file]) => file.replace('.wasm', '')),
    script: scripts.reduce((sum, text) => sum + brotli(text), 0),
  };
}

/** The first script of a bundle, and what it imports at once. */
function atOnce(outputs) {
  const first = Object.keys(outputs).find((path) => outputs[path].entryPoint === '<stdin>');
  const paths = new Set([first]);
  for (const path of paths) {
    for (const { kind, path: other } of outputs[path].imports) {
      if (kind === 'import-statement') paths.add(other);
    }
  }
  return [...paths];
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
