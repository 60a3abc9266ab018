// vLLM's own list of what it removed, and the last release whose registry has it.
import { compareVersions } from '../versions.mjs';

/**
 * Each class of the list that some release that was read has had: `{ name, said, found }`, the last version by vLLM's
 * word and by its registries. Where a class is back, or was never read, there is nothing to compare.
 */
export function removed(list, registry) {
  const said = new Map([...list.sets.at(-1)].map((row) => row.split('\t')));
  return [...said].flatMap(([name, last]) => {
    const found = registry.versions.filter((_, at) => registry.sets[at].has(name)).at(-1);
    return found && found !== registry.versions.at(-1) ? [{ name, said: last, found }] : [];
  });
}

/** Same version, another patch release of the same minor, or more than that. */
export function difference({ said, found }) {
  if (compareVersions(said, found) === 0) return 'same';
  const minor = (version) => version.split('.').slice(0, 2).join('.');
  return minor(said) === minor(found) ? 'patch' : 'minor';
}
