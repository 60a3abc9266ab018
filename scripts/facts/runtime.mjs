// Refreshes one runtime: list, download what is new, read, compare, and only then write.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, step } from '../lib/run.mjs';
import { obtain } from './artefacts.mjs';
import { suspicions } from './guard.mjs';
import { formatLock, keyOf, mergeLock, parseLock, seen, wasRead } from './lock.mjs';
import { registry } from './registries/index.mjs';
import { report } from './report.mjs';
import { releases, sample, spread } from './sampling.mjs';
import { save } from './save.mjs';
import { formatTable, holds, intervals, parseTable, rowsOf } from './table.mjs';
import { compareVersions } from './versions.mjs';

/** Reads what is new of one runtime. Returns the lines of the report; writes nothing when something is wrong. */
export async function refreshRuntime(source, options) {
  const lockFile = join(options.facts, 'locks', `${source.id}.lock`);
  const known = existsSync(lockFile) ? parseLock(readFileSync(lockFile, 'utf8')) : [];
  const published = await step(`${source.id}: listing releases`, () => list(source, options));
  const missing = published.filter(
    (one) => !known.some((old) => keyOf(old) === one.key && wasRead(old)),
  );
  const chosen = spread(
    missing.filter(({ wanted }) => wanted),
    options.sampleVersions,
  );
  const again = options.reread || tablesMissing(source, options) ? known.filter(wasRead) : [];
  const fresh = await readAll(
    source,
    [...again.map((old) => fromLock(old, published)), ...chosen],
    known,
    options,
  );
  const lock = mergeLock(
    known,
    [...published.map(({ seen }) => seen), ...fresh.map(({ release }) => release)],
    packagesOf(source),
  );
  return write(source, { lock, lockFile, fresh, again: again.length > 0 }, options);
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

const tableFile = ({ id }, name, { facts }) => join(facts, 'tables', id, `${name}.tsv`);

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

function readTables(source, version, files) {
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

/** Whether the table's symbol existed at a version. */
const isKnown = ({ from, unknown_before: first = from }, version) =>
  !first || compareVersions(version, first) >= 0;

function write(source, { lock, lockFile, fresh, again }, options) {
  const read = unique(lock.filter(wasRead));
  const rows = new Map(fresh.map(({ release, rows }) => [release.version, rows]));
  const isNew = (version) => !again && rows.has(version);
  const results = Object.entries(source.tables).map(([name, table]) => {
    const versions = read
      .map(({ version }) => version)
      .filter((version) => isKnown(table, version));
    const old = oldSets(
      tableFile(source, name, options),
      again ? [] : versions.filter((v) => !rows.has(v)),
    );
    const sets = versions.map((version) => rows.get(version)?.get(name) ?? old.get(version));
    const lines = intervals(sets, versions, (version) =>
      isExact(source, lock, version, table.unknown_before && versions[0]),
    );
    return { name, table, versions, sets, lines };
  });
  const doubts = results.flatMap(({ name, table: { drops }, versions, sets }) =>
    suspicions(
      `${source.id} ${name}`,
      { sets, versions, drops },
      (at) => isNew(versions[at]) || again,
    ),
  );
  if (doubts.length > 0 && !options.accept) {
    throw new Stop(
      `${doubts.join('\n')}\nNothing was written. If the runtime really dropped them: --accept`,
    );
  }
  save(lockFile, formatLock(source.title, lock));
  for (const { lines, ...result } of results) {
    const text = formatTable({ ...source, ...result }, lines);
    save(tableFile(source, result.name, options), text);
  }
  const changes = results.flatMap(({ name, versions, sets }) =>
    report(name, sets, versions, (at) => isNew(versions[at])),
  );
  return [
    `${source.title}: ${fresh.length} read, ${read.length} held${doubts.length ? `; accepted:` : ''}`,
    ...doubts.map((d) => `  ${d}`),
    ...changes,
  ];
}

/** One release per version, the first that has it. */
const unique = (list) =>
  list.filter((one, at) => list.findIndex(({ version }) => version === one.version) === at);

/** The rows of a table at each version that it was written with. */
function oldSets(file, versions) {
  if (versions.length === 0) return new Map();
  const index = (version) => versions.indexOf(version);
  const held = parseTable(readFileSync(file, 'utf8'), index);
  return new Map(
    versions.map((version, at) => {
      const rows = [...held].filter(([, intervals]) => holds(intervals, at));
      return [version, new Set(rows.map(([row]) => row))];
    }),
  );
}

/** Whether the release published just before this version was read too. */
function isExact(source, lock, version, unknown) {
  const at = lock.findIndex((one) => one.version === version && wasRead(one));
  return source.complete && version !== unknown && at > 0 && wasRead(lock[at - 1]);
}
