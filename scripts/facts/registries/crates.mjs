// Rust crates through cargo: `cargo info` leaves the index entry and the crate in cargo's own cache.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, Stop } from '../../lib/run.mjs';

/** All versions published; yanked ones are left out. */
export async function versions(name) {
  await info(name);
  const entry = cached('index', join('.cache', indexPath(name)));
  const lines = readFileSync(entry, 'utf8').split('\0');
  const known = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  if (known.length === 0)
    throw new Stop(`${entry}: expected cargo's index entry, found no version`);
  return known.filter(({ yanked }) => !yanked).map(({ vers }) => vers);
}

/** Where cargo keeps the crate of one version. */
export async function fetch(name, version) {
  await info(`${name}@${version}`);
  return cached('cache', `${name}-${version}.crate`);
}

// Outside the project: inside it, cargo would ask the project's own manifest.
const info = (what) => run('cargo', ['info', '--quiet', what], { cwd: tmpdir() });

function cached(part, path) {
  const home = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', part);
  const registries = existsSync(home) ? readdirSync(home) : [];
  const found = registries.map((registry) => join(home, registry, path)).find(existsSync);
  if (!found) throw new Stop(`cargo info left no ${path} in ${home}`);
  return found;
}

/** cargo's layout for names longer than three letters: two letters, two letters, name. */
const indexPath = (name) => join(name.slice(0, 2), name.slice(2, 4), name);
