// Releases that are left out and predicted from those around them.

/**
 * Every `step`-th release of a list is left out and answered as the library answers for a release that was not read:
 * a name is there when both neighbours have it, absent when neither has, and unknown where they differ.
 * Returns counts, summed over the releases left out. `surprises`: wrong answers, all of them names that came and went,
 * or went and came, inside one gap.
 */
export function heldOut({ sets }, step) {
  const sums = { releases: 0, right: 0, wrong: 0, missed: 0, unknown: 0, surprises: [] };
  for (let at = 1; at < sets.length - 1; at += step)
    add(sums, sets[at - 1], sets[at], sets[at + 1]);
  return sums;
}

function add(sums, before, truth, after) {
  sums.releases += 1;
  for (const name of new Set([...before, ...truth, ...after])) {
    const sides = Number(before.has(name)) + Number(after.has(name));
    if (sides === 1) {
      sums.unknown += 1;
    } else if (sides === 2) {
      sums[truth.has(name) ? 'right' : 'wrong'] += 1;
    } else {
      sums.missed += 1;
    }
    if (sides !== 1 && truth.has(name) !== (sides === 2)) sums.surprises.push(name);
  }
}

/** Of what was said to be there, how much is; of what is there, how much was said to be; how much was left open. */
export const rates = ({ right, wrong, missed, unknown }) => ({
  precision: share(right, right + wrong),
  recall: share(right, right + missed),
  open: share(unknown, right + wrong + missed + unknown),
});

const share = (part, whole) => (whole === 0 ? 1 : part / whole);
