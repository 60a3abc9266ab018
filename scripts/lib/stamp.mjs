// Work is done again only when what it was made from has changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run.mjs';

/** Does the work unless it was done for the same inputs and its outputs are there. */
export async function once(name, { inputs, outputs = [] }, work) {
  const file = join(root, '.tools', 'stamps', name);
  const now = fingerprint(inputs);
  const done = existsSync(file) && readFileSync(file, 'utf8') === now;
  if (done && outputs.every((path) => existsSync(join(root, path)))) return false;
  await work();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, now);
  return true;
}

/** A hash over paths and contents. */
function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(files).sort()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function files(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .filter((name) => !LEFT_OUT.has(name))
    .flatMap((name) => files(join(path, name)));
}

const LEFT_OUT = new Set(['node_modules', '.next', 'out', 'dist', 'target']);
