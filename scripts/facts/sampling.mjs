// Which of the published versions are read.
import { compareVersions, isPrerelease, minorOf } from './versions.mjs';

/** The releases of a package that a source is interested in, oldest first. */
export function releases(versions, { since, until }) {
  return versions
    .filter((version) => !isPrerelease(version))
    .filter((version) => !since || compareVersions(version, since) >= 0)
    .filter((version) => !until || compareVersions(version, until) < 0)
    .sort(compareVersions);
}

/** All of them, or the first of each minor release; the newest always. */
export function sample(versions, rule) {
  if (rule !== 'minor') return versions;
  const newest = versions.at(-1);
  const first = (version, at) => at === 0 || minorOf(version) !== minorOf(versions[at - 1]);
  return versions.filter((version, at) => first(version, at) || version === newest);
}

/** At most `count` of them, evenly spread, the newest among them. */
export function spread(items, count) {
  if (!count || items.length <= count) return items;
  const step = items.length / count;
  return Array.from({ length: count }, (_, at) => items[Math.ceil((at + 1) * step) - 1]);
}
