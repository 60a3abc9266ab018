// A list that shrinks, or is empty, has more often changed its shape than its content.
const MAY_DROP = 0.05;
const SMALL = 3;

/** What is suspicious in the new sets of rows, as one line each. `drops`: versions whose drop was looked at. */
export function suspicions(name, { sets, versions, drops = [] }, isNew) {
  return sets.flatMap((set, at) => {
    if (!isNew(at) || drops.includes(versions[at])) return [];
    if (set.size === 0) return [`${name} ${versions[at]}: the list is empty`];
    const before = sets[at - 1]?.size ?? 0;
    const lost = before - set.size;
    if (lost < SMALL || lost <= before * MAY_DROP) return [];
    return [`${name} ${versions[at]}: ${set.size} rows, ${before} at ${versions[at - 1]}`];
  });
}
