// Real GGUF headers for benchmarks and comparisons: the vocabularies in llama.cpp's sources, as npm node-llama-cpp
// carries them. They go to `.cache/vocabularies`, never into git. Run: node scripts/vocabularies.mjs
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isMain, main, root, run, step } from './lib/run.mjs';

/** It carries llama.cpp v0.5.0. */
const PACKAGE = 'node-llama-cpp@3.22.1';
const CACHE = join(root, '.cache');

/** Where they are, once fetched. */
export const VOCABULARIES = join(CACHE, 'vocabularies');

/** Fetches 36 MB once. */
export async function vocabularies() {
  if (existsSync(VOCABULARIES)) return VOCABULARIES;
  await step(`fetching real vocabularies from ${PACKAGE}`, fetchThem);
  return VOCABULARIES;
}

async function fetchThem() {
  const work = join(CACHE, 'node-llama-cpp');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  const inside = (command, ...args) => run(command, args, { cwd: work });
  await inside('npm', 'pack', PACKAGE, '--silent', '--ignore-scripts');
  await inside('sh', '-c', 'tar xzf *.tgz package/llama/gitRelease.bundle');
  await inside(
    'git',
    'clone',
    '--quiet',
    '--no-checkout',
    'package/llama/gitRelease.bundle',
    'source',
  );
  await inside('git', '-C', 'source', 'checkout', '--quiet', 'HEAD', '--', 'models/*.gguf');
  renameSync(join(work, 'source/models'), VOCABULARIES);
  rmSync(work, { recursive: true, force: true });
}

if (isMain(import.meta.url)) await main(vocabularies);
