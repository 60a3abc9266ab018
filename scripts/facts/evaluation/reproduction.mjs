// What the artefacts of the lock file say, read once more, against what the tables say.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../artefacts.mjs';
import { parseLock, wasRead } from '../lock.mjs';
import { readTables } from '../runtime.mjs';
import { listOf } from './lists.mjs';

/**
 * Reads the artefacts that the cache holds. Returns how many releases were compared of how many, how many rows, and
 * the tables and versions that differ. A list that is no table yet differs.
 */
export function reproduction(source, facts, { cache = CACHE, log = () => {} } = {}) {
  const releases = firstOfEach(
    parseLock(readFileSync(join(facts, 'locks', `${source.id}.lock`), 'utf8')),
  );
  const names = Object.keys(source.tables);
  const tables = new Map(names.map((name) => [name, listOf(source, name, facts)]));
  const result = { releases: releases.length, compared: 0, rows: 0, differ: [] };
  for (const release of releases) {
    const artefact = kept(release, cache);
    if (!artefact || artefact.sha256 !== release.sha256) continue;
    log(`${source.id} ${release.version}`);
    result.compared += 1;
    for (const [name, rows] of readTables(source, release.version, new Map(artefact.files))) {
      const { versions, sets } = tables.get(name);
      const set = sets[versions.indexOf(release.version)];
      result.rows += rows.size;
      if (!isSame(rows, set)) result.differ.push(`${name} ${release.version}`);
    }
  }
  return result;
}

/** Of two releases that carry one version the first counts. */
const firstOfEach = (lock) =>
  lock.filter(wasRead).filter(({ version }, at, all) => {
    return all.findIndex((one) => one.version === version) === at;
  });

function kept({ package: from, release }, cache) {
  const [registry, name] = [from.slice(0, from.indexOf(':')), from.slice(from.indexOf(':') + 1)];
  const file = join(cache, registry, name.replace('/', '+'), `${release}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

const isSame = (rows, set) =>
  set && rows.size === set.size && [...rows].every((row) => set.has(row));
