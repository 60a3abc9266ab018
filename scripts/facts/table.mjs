// A table: rows of names, each with the interval of versions that have it. A row with other cells is another row.
import { Stop } from '../lib/run.mjs';
import { MADE } from './lock.mjs';

/** In front of a bound: the change came with this release or with one before it that was not read. */
export const SAMPLED = '~';
const OPEN = '-';

/** The rows of a table as a map from row to the releases (by index into the lock) that have it. */
export function parseTable(text, index) {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  const held = new Map();
  for (const line of lines.slice(1)) {
    const cells = line.split('\t');
    const [since, until] = cells.splice(-2).map((bound) => bound.replace(SAMPLED, ''));
    const [from, to] = [index(since), until === OPEN ? Infinity : index(until)];
    const row = cells.join('\t');
    held.set(row, [...(held.get(row) ?? []), [from, to]]);
  }
  return held;
}

/** Whether a row was there at a release. */
export const holds = (intervals, at) => intervals.some(([from, to]) => from <= at && at < to);

/** The rows of a reader as text, in order, each once. */
export function rowsOf(rows, columns, where) {
  const lines = rows.map((row) => {
    const cells = [row].flat().map(String);
    const bad = cells.length !== columns.length || cells.some((cell) => !/^[^\t\n]+$/.test(cell));
    if (bad)
      throw new Stop(`${where}: expected ${columns.join(', ')}, found ${JSON.stringify(row)}`);
    return cells.join('\t');
  });
  return [...new Set(lines)].sort();
}

/**
 * The intervals of each row. `sets`: one set of rows per release read, oldest first; `exact(version)`:
 * whether the release published just before it was read too.
 */
export function intervals(sets, versions, exact) {
  const rows = [...new Set(sets.flatMap((set) => [...set]))].sort();
  const bound = (at) => (exact(versions[at]) ? versions[at] : SAMPLED + versions[at]);
  return rows.flatMap((row) =>
    runs(sets.map((set) => set.has(row))).map(([from, to]) => {
      return [row, bound(from), to === sets.length ? OPEN : bound(to)].join('\t');
    }),
  );
}

/** Half-open runs of `true`. */
function runs(flags) {
  const starts = flags.flatMap((flag, at) => (flag && !flags[at - 1] ? [at] : []));
  return starts.map((from) => {
    const end = flags.indexOf(false, from);
    return [from, end < 0 ? flags.length : end];
  });
}

export function formatTable({ title, name, table, confidence, versions, sets }, lines) {
  const [first, newest] = [versions[0], versions.at(-1)];
  const counts = `${first} (${sets[0].size} rows) to ${newest} (${sets.at(-1).size} rows)`;
  return [
    `# ${title}: ${name}`,
    `# source: ${table.source}`,
    `# confidence: ${confidence}`,
    `# known: ${counts}, ${versions.length} releases read`,
    MADE,
    [...table.columns, 'since', 'until'].join('\t'),
    ...lines,
    '',
  ].join('\n');
}
