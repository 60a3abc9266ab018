// Refreshes one runtime: list, download what is new, read, compare, and only then write.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, step } from '../lib/run.mjs';
import { obtain } from './artefacts.mjs';
import { keyOf, mergeLock, parseLock, seen, wasRead } from './lock.mjs';
import { registry } from './registries/index.mjs';
import { releases, sample, spread } from './sampling.mjs';
import { rowsOf } from './table.mjs';
import { isKnown, tableFile, write } from './write.mjs';

/** Reads what is new of one runtime. Returns the lines of the report; writes nothing when something is wrong. */
export async function refreshRuntime(source, options) {
  const lockFile = join(options.facts, 'locks', `${source.id}.lock`);
  const known = existsSync(lockFile) ? parseLock(readFileSync(lockFile, 'utf8')) : [];
  const published = await step(`${source.id}: listing releases`, () => list(source, options));
  const again = options.reread || tablesMissing(source, options) ? known.filter(wasRead) : [];
  const todo = [
    ...again.map((old) => fromLock(old, published)),
    ...chosen(known, published, options),
  ];
  const fresh = await readAll(source, todo, known, options);
  const found = [...published.map(({ seen }) => seen), ...fresh.map(({ release }) => release)];
  const lock = mergeLock(known, found, packagesOf(source));
  return write(source, { lock, lockFile, fresh, again: again.length > 0 }, options);
}

/** What is wanted and was not read yet, as many of it as may be. */
function chosen(known, published, { sampleVersions }) {
  const held = new Set(known.filter(wasRead).map(keyOf));
  return spread(
    published.filter(({ key, wanted }) => wanted && !held.has(key)),
    sampleVersions,
  );
}

const packagesOf = ({ packages }) => packages.map(({ registry, name }) => `${registry}:${name}`);

async function list(source, { registry: folder }) {
  const lists = source.packages.map(async (from) => {
    const all = releases(await registry(from.registry, folder).versions(from.name), from);
    const wanted = new Set(sample(all, source.sample));
    return all.map((version) => {
      const release = seen(from, version, !source.versionInside);
      return { ...from, version, seen: release, key: keyOf(release), wanted: wanted.has(version) };
    });
  });
  return (await Promise.all(lists)).flat();
}

/** A release that was read before, to be read once more. */
function fromLock(old, published) {
  const found = published.find(({ key }) => key === keyOf(old));
  if (!found) throw new Stop(`${keyOf(old)} is in the lock file and no longer in the registry`);
  return found;
}

const tablesMissing = (source, options) =>
  Object.keys(source.tables).some((name) => !existsSync(tableFile(source, name, options)));

async function readAll(source, todo, known, options) {
  const found = [];
  for (const [at, one] of todo.entries()) {
    const what = `${source.id}: reading ${one.name} ${one.version} (${at + 1} of ${todo.length})`;
    const read = await step(what, () => readRelease(source, one, known, options));
    if (read) found.push(read);
  }
  return found;
}

async function readRelease(source, one, known, options) {
  const artefact = await obtainable(one, source.files, options);
  if (!artefact) return undefined;
  const { files, file, bytes, sha256, date = '-' } = artefact;
  const before = known.find((old) => keyOf(old) === one.key && wasRead(old));
  if (before && before.sha256 !== sha256) {
    throw new Stop(
      `${one.key}: expected sha256 ${before.sha256} as in the lock file, found ${sha256}`,
    );
  }
  const version = source.reader.version?.(files, one.version) ?? one.version;
  return {
    release: { ...one.seen, version, file, bytes, sha256, date },
    rows: readTables(source, version, files),
  };
}

/** A release without any artefact that can be read unrun (only a source package, say) is left as seen. */
async function obtainable(one, patterns, { registry: folder, cache }) {
  try {
    return await obtain(one, patterns, { folder, cache });
  } catch (error) {
    if (/No matching distribution found/.test(error.message)) return undefined;
    throw error;
  }
}

/** The rows of each table that a version has, as sets of cells joined by tabs. */
export function readTables(source, version, files) {
  const tables = Object.entries(source.tables).filter(([, table]) => isKnown(table, version));
  return new Map(
    tables.map(([name, table]) => {
      const where = `${source.id} ${version}, ${name}`;
      if (!source.reader.tables[name]) throw new Stop(`${where}: the reader has no such table`);
      try {
        return [
          name,
          new Set(rowsOf(source.reader.tables[name](files, version), table.columns, where)),
        ];
      } catch (error) {
        throw error instanceof Stop ? new Stop(`${where}: ${error.message}`) : error;
      }
    }),
  );
}
