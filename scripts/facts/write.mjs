// Turns what was read of a runtime into its lock and tables, and says what changed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop } from '../lib/run.mjs';
import { suspicions } from './guard.mjs';
import { formatLock, heldVersions, wasRead } from './lock.mjs';
import { report } from './report.mjs';
import { save } from './save.mjs';
import { formatTable, holds, intervals, parseTable } from './table.mjs';
import { compareVersions } from './versions.mjs';

export const tableFile = ({ id }, name, { facts }) => join(facts, 'tables', id, `${name}.tsv`);

/** Whether the table's symbol existed at a version. */
export const isKnown = ({ from, unknown_before: first = from }, version) =>
  !first || compareVersions(version, first) >= 0;

/**
 * Writes lock and tables, or nothing when a list looks wrong. `fresh`: releases with their rows by table;
 * `again`: whether all releases of the lock are among them. Returns the lines of the report.
 */
export function write(source, reading, options) {
  const results = resultsOf(source, reading, options);
  const doubts = doubtsOf(source, reading, results);
  if (doubts.length > 0 && !options.accept) {
    const hint = 'Nothing was written. If the runtime really dropped them: --accept';
    throw new Stop([...doubts, hint].join('\n'));
  }
  save(reading.lockFile, formatLock(source.title, reading.lock));
  for (const { lines, ...result } of results) {
    save(tableFile(source, result.name, options), formatTable({ ...source, ...result }, lines));
  }
  return summary(source, reading, results, doubts);
}

/** Of each table: the versions that have it, the rows at each, and the lines of its file. */
function resultsOf(source, { lock, fresh, again }, options) {
  const read = heldVersions(lock);
  // Of two releases that carry one version the first counts, so it is set last.
  const rows = new Map(fresh.map(({ release, rows }) => [release.version, rows]).reverse());
  return Object.entries(source.tables).map(([name, table]) => {
    const versions = read.filter((version) => isKnown(table, version));
    const kept = again ? [] : versions.filter((version) => !rows.has(version));
    const old = oldSets(tableFile(source, name, options), kept);
    const sets = versions.map((version) => rows.get(version)?.get(name) ?? old.get(version));
    const unknown = table.unknown_before && versions[0];
    const lines = intervals(sets, versions, (one) => isExact(source, lock, one, unknown));
    return { name, table, versions, sets, lines };
  });
}

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

function doubtsOf(source, { fresh, again }, results) {
  const isNew = newness(fresh);
  return results.flatMap(({ name, table: { drops }, versions, sets }) => {
    const lists = { sets, versions, drops };
    return suspicions(`${source.id} ${name}`, lists, (at) => again || isNew(versions[at]));
  });
}

function summary({ title }, { lock, fresh, again }, results, doubts) {
  const isNew = again ? () => false : newness(fresh);
  const accepted = doubts.length > 0 ? '; accepted:' : '';
  const changes = results.flatMap(({ name, versions, sets }) =>
    report(name, sets, versions, (at) => isNew(versions[at])),
  );
  const first = `${title}: ${fresh.length} read, ${heldVersions(lock).length} held${accepted}`;
  return [first, ...doubts.map((doubt) => `  ${doubt}`), ...changes];
}

function newness(fresh) {
  const versions = new Set(fresh.map(({ release }) => release.version));
  return (version) => versions.has(version);
}
