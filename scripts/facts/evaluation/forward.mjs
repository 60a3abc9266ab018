// Facts that are frozen at a release and asked about later ones: how fast they age.

/**
 * The newest release answers for those after it, `distance` releases on. Returns precision (of what it says is there,
 * how much still is) and recall (of what is there by then, how much it knows), each the mean over all releases.
 */
export function forward({ sets }, distance) {
  const pairs = sets.slice(distance).map((truth, at) => [sets[at], truth]);
  const kept = pairs.map(([said, truth]) => [...said].filter((name) => truth.has(name)).length);
  const mean = (of) =>
    pairs.reduce((sum, pair, at) => sum + kept[at] / of(pair).size, 0) / pairs.length;
  return {
    pairs: pairs.length,
    precision: mean(([said]) => said),
    recall: mean(([, truth]) => truth),
  };
}
