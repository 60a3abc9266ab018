// What a refresh changed, in words: names added, removed, moved (the same name in other rows).
const SHOWN = 8;

/** One line per new release and table that differs from the release before. */
export function report(name, sets, versions, isNew) {
  return sets.flatMap((set, at) => {
    if (!isNew(at) || at === 0) return [];
    const change = difference(sets[at - 1], set);
    const parts = Object.entries(change).filter(([, names]) => names.length > 0);
    const said = parts.map(([what, names]) => `${names.length} ${what} (${some(names)})`);
    return said.length > 0 ? [`  ${versions[at]} ${name}: ${said.join('; ')}`] : [];
  });
}

function difference(before, after) {
  const [old, now] = [namesOf(before), namesOf(after)];
  const touched = [...before]
    .filter((row) => !after.has(row))
    .concat([...after].filter((row) => !before.has(row)));
  const names = [...new Set(touched.map(nameOf))];
  return {
    added: names.filter((name) => !old.has(name)),
    removed: names.filter((name) => !now.has(name)),
    moved: names.filter((name) => old.has(name) && now.has(name)),
  };
}

const namesOf = (rows) => new Set([...rows].map(nameOf));
const nameOf = (row) => row.split('\t')[0];
const some = (names) => names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ', …' : '');
