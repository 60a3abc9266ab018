// What was read: one line per release of a runtime's package, oldest first.
import { compareVersions } from './versions.mjs';

const COLUMNS = ['version', 'package', 'release', 'file', 'bytes', 'sha256', 'date'];
const NOT_READ = '-';

/** The releases in a lock file; `file` and what follows are `-` where a release was only seen. */
export function parseLock(text) {
  const lines = text.split('\n').filter((line) => line && !line.startsWith('#'));
  return lines.slice(1).map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(COLUMNS.map((column, at) => [column, cells[at]]));
  });
}

export function formatLock(title, releases) {
  const read = releases.filter(wasRead).length;
  const lines = releases.map((release) => COLUMNS.map((column) => release[column]).join('\t'));
  const head = `# ${title}: ${read} of ${releases.length} releases read, oldest first; "-": seen, not read`;
  return [head, MADE, COLUMNS.join('\t'), ...lines, ''].join('\n');
}

export const MADE = '# made by `npm run facts:refresh`, not to be edited';

export const wasRead = ({ file }) => file !== NOT_READ;

/** Versions that were read, each once: the first release that has it counts. */
export const heldVersions = (lock) => [
  ...new Set(lock.filter(wasRead).map(({ version }) => version)),
];

/** A release that is known to exist. Where the runtime's version is inside the package it is not known yet. */
export const seen = ({ registry, name }, release, versionKnown) => ({
  version: versionKnown ? release : NOT_READ,
  package: `${registry}:${name}`,
  release,
  file: NOT_READ,
  bytes: NOT_READ,
  sha256: NOT_READ,
  date: NOT_READ,
});

/** Known releases with newer knowledge laid over them, in order: packages as listed, releases by version. */
export function mergeLock(known, fresh, packages) {
  const all = new Map(known.map((release) => [keyOf(release), release]));
  for (const release of fresh) {
    const before = all.get(keyOf(release));
    if (!before || wasRead(release)) all.set(keyOf(release), release);
  }
  const rank = (release) => packages.indexOf(release.package);
  return [...all.values()].sort(
    (a, b) => rank(a) - rank(b) || compareVersions(a.release, b.release),
  );
}

export const keyOf = (release) => `${release.package}@${release.release}`;
