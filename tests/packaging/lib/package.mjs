// The package as npm would publish it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from './processes.mjs';

/** Packs dist/ and its companions into a folder and gives the path of the tarball. */
export async function pack(folder) {
  await exec('npm', ['pack', '--ignore-scripts', '--pack-destination', folder]);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error('npm pack wrote no tarball');
  return join(folder, tarball);
}

/** All files of a folder, as paths relative to it. */
export function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1))
    .sort();
}

/** A short name for a text. */
export function digest(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Reads JSON from a file. */
export function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
