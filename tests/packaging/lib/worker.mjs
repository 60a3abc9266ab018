// A Worker as it is deployed: bundled for workerd, the wasm beside it, run in the real workerd.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';

/** Bundles a Worker; the wasm stays a module of its own, as Cloudflare's tools leave it. */
export async function bundleWorker(folder, entry) {
  const outdir = join(folder, 'dist');
  await build({
    absWorkingDir: folder,
    entryPoints: { index: entry },
    outdir,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    logLevel: 'silent',
  });
  return outdir;
}

/** Starts a bundled Worker. No Node compatibility; the date is one that this workerd knows. */
export async function startWorker(outdir, bindings = {}) {
  const worker = new Miniflare({
    modulesRoot: outdir,
    modules: readdirSync(outdir).sort(wasmLast).map(asModule(outdir)),
    compatibilityDate: '2026-04-01',
    bindings,
  });
  await worker.ready;
  return worker;
}

function asModule(outdir) {
  return (name) => ({
    type: name.endsWith('.wasm') ? 'CompiledWasm' : 'ESModule',
    path: join(outdir, name),
    contents: readFileSync(join(outdir, name)),
  });
}

/** The first module is the Worker. */
function wasmLast(a, b) {
  return Number(a.endsWith('.wasm')) - Number(b.endsWith('.wasm'));
}
