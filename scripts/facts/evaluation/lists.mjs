// The lists of a runtime as sets, one for each release that was read: what its tables say when they are expanded.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldVersions, parseLock } from '../lock.mjs';
import { holds, parseTable } from '../table.mjs';
import { isKnown, tableFile } from '../write.mjs';

/** The versions of a runtime that were read, oldest first, each once. */
export function versionsOf({ id }, facts) {
  const file = join(facts, 'locks', `${id}.lock`);
  return existsSync(file) ? heldVersions(parseLock(readFileSync(file, 'utf8'))) : [];
}

/** A table as `{ versions, sets }`: the versions that have such a list, and the rows (cells joined by tabs) at each. */
export function listOf(source, name, facts) {
  const all = versionsOf(source, facts);
  const rows = parseTable(readFileSync(tableFile(source, name, { facts }), 'utf8'), (version) =>
    all.indexOf(version),
  );
  const versions = all.filter((version) => isKnown(source.tables[name], version));
  const sets = versions.map((version) => {
    const at = all.indexOf(version);
    return new Set([...rows].filter(([, spans]) => holds(spans, at)).map(([row]) => row));
  });
  return { versions, sets };
}

/** The lists of names that load: of each runtime the tables with the role `support`. */
export const supportLists = (sources, facts) =>
  sources.flatMap((source) =>
    Object.entries(source.tables)
      .filter(([, { role }]) => role === 'support')
      .map(([name]) => ({ id: source.id, name, ...named(listOf(source, name, facts)) })),
  );

/** The names alone, without what else a row says. */
const named = ({ versions, sets }) => ({
  versions,
  sets: sets.map((set) => new Set([...set].map((row) => row.split('\t')[0]))),
});
