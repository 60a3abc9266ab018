// One artefact of a registry: downloaded once, its few needed files kept in the cache, the rest dropped.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { root, Stop } from '../lib/run.mjs';
import { registry } from './registries/index.mjs';
import { unpack } from './unpack.mjs';

export const CACHE = join(root, '.cache', 'facts');

/** What was taken from an artefact: file name, bytes, sha256, date, and `files` (path to text). */
export async function obtain(
  { registry: from, name, version },
  patterns,
  { folder, cache = CACHE } = {},
) {
  const kept = join(cache, from, name.replace('/', '+'), `${version}.json`);
  const wanted = patterns.join(' ');
  const known = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : undefined;
  if (known?.wanted === wanted) return { ...known, files: new Map(known.files) };
  const artefact = await download(registry(from, folder), name, version, patterns, cache);
  mkdirSync(join(kept, '..'), { recursive: true });
  writeFileSync(kept, JSON.stringify({ wanted, ...artefact, files: [...artefact.files] }));
  return artefact;
}

async function download(client, name, version, patterns, cache) {
  const folder = join(cache, 'download', `${name.replace('/', '+')}-${version}`);
  mkdirSync(folder, { recursive: true });
  try {
    const path = await client.fetch(name, version, folder);
    const [sha256, bytes] = [await hashOf(path), statSync(path).size];
    const taken = await unpack(path, patterns);
    if (taken.files.size === 0) {
      throw new Stop(`${basename(path)}: expected ${patterns.join(' or ')} in it, found none`);
    }
    return { file: basename(path), bytes, sha256, date: '-', ...taken };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function hashOf(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
